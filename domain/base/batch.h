/*
 * domain/base/batch.h -- one big act and its rows (tables `batch` and `batch_row`). Stored: never renumber.
 */
#ifndef DOMAIN_BASE_BATCH_H
#define DOMAIN_BASE_BATCH_H

enum batch_kind { BATCH_IMPORT = 1, BATCH_EDIT, BATCH_MERGE, BATCH_SHIFT, BATCH_ROUTES, BATCH_BILLS, BATCH_BOOKING, BATCH_PRICES, BATCH_SALE, BATCH_BROADCAST, BATCH_KEPT, BATCH_KINDS };

enum batch_state {
	BATCH_DRAFT = 1, /* read, not decided */
	BATCH_DRY,       /* tried without writing */
	BATCH_RUNNING,
	BATCH_DONE,
	BATCH_UNDOING,
	BATCH_UNDONE,
	BATCH_FAILED,
	BATCH_STATES
};

enum row_state {
	ROW_WAITING = 1,
	ROW_CREATE,
	ROW_CHANGE,
	ROW_SKIP,
	ROW_WRONG,
	ROW_DONE,
	ROW_UNDONE,
	ROW_ASK,  /* of an import: somebody says whether it is the one we know */
	ROW_MADE, /* done, and the record was made by it */
	ROW_KEPT, /* not undone: somebody has worked on it since */
	ROW_STATES
};

#endif
