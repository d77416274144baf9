/* A photo on its way to the house. */
const LARGE_BYTES = 11 * 1024 * 1024;
const LARGE_SIDE = 4096;

/* A picture that the house would refuse for its size is made smaller here; any other goes as it is. */
export async function fitting(file: File): Promise<Blob> {
	if (!file.type.startsWith("image/") || file.size <= LARGE_BYTES) return file;
	try {
		const picture = await createImageBitmap(file);
		const scale = Math.min(1, LARGE_SIDE / Math.max(picture.width, picture.height));
		const canvas = document.createElement("canvas");
		canvas.width = Math.round(picture.width * scale);
		canvas.height = Math.round(picture.height * scale);
		canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
		picture.close();
		return await new Promise((done) => canvas.toBlob((b) => done(b ?? file), "image/jpeg", 0.9));
	} catch {
		return file;
	}
}
