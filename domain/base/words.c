/*
 * domain/base/words.c -- the catalogue: each English sentence and its Spanish twin.
 *
 * One block per area, so that two hands rarely meet in one place. A twin has the same conversions in
 * the same order as its sentence; tests/unit/domain/base/words.c walks the list and proves it.
 * Customers are addressed as usted; staff as tú.
 */
#include "domain/base/words.h"

#define MESSAGE_MAX (FAULT_TEXT_MAX + FAULT_ARGS * FAULT_ARG_MAX)

static const struct {
	const char *english, *spanish;
} twins[] = {
	/* ---- what an error without a sentence of its own says (domain/base/words.c) ---- */
	{"That did not work.", "Eso no funcionó."},
	{"This value is not valid.", "Este valor no es válido."},
	{"Please sign in.", "Inicia sesión."},
	{"You may not do this.", "No tienes permiso para hacer esto."},
	{"This does not exist.", "Esto no existe."},
	{"Somebody else changed this just now. Reload and look again.",
	    "Otra persona acaba de cambiar esto. Recarga la página y vuelve a mirar."},
	{"That was too often. Please wait a little.", "Demasiadas veces. Espera un poco."},
	{"The house is busy. Please try again.", "El sistema está ocupado. Inténtalo de nuevo."},
	{"The house cannot answer right now. Please try again in a moment.",
	    "El sistema no puede responder en este momento. Inténtalo de nuevo en un momento."},
	{"Something broke on our side. We have written it down.",
	    "Algo falló de nuestro lado. Ya quedó registrado."},

	/* ---- words to customers: the outbox, the inbox, the rules of what is said (acts/messages, domain/messaging) ---- */
	{"This number has asked for no more texts.", "Este número pidió no recibir más mensajes de texto."},
	{"This address has asked for no more news.", "Esta dirección pidió no recibir más novedades."},
	{"No texts are sent to this country.", "A este país no se envían mensajes de texto."},
	{"The company has said all that it may in one day.", "La empresa ya envió todo lo que puede en un día."},
	{"Enough was said to this number today.", "Hoy ya se le escribió bastante a este número."},
	{"There is no such occasion.", "Esa ocasión no existe."},
	{"An occasion stands in the wrong place.", "Una ocasión está en el lugar equivocado."},
	{"A brace is missing its other half.", "A una llave le falta su pareja."},
	{"There is nothing called {%.*s} here.", "Aquí no hay nada llamado {%.*s}."},
	{"In a mail the link is a button of its own: [Words]({url})",
	    "En un correo el enlace es un botón aparte: [Palabras]({url})"},
	{"This number cannot be texted.", "A este número no se le puede enviar mensajes de texto."},
	{"Your company has no number for texts yet.", "Tu empresa todavía no tiene un número para mensajes de texto."},
	{"There is nothing to say.", "No hay nada que decir."},
	{"A message does not fit.", "Un mensaje no cabe."},
	{"You will get texts again. Reply STOP to end them.", "Vuelve a recibir mensajes. Responda ALTO para no recibirlos."},
	{"Answer this text and we will help, or call us. Reply STOP to end texts.",
	    "Responda a este mensaje y le ayudamos, o llame. Responda ALTO para no recibir mensajes."},
	{"Nothing can be said that way.", "Por ahí no se puede decir nada."},
	{"The address of a page begins with https://", "La dirección de una página empieza con https://"},
	{"Which company, and which number?", "¿Qué empresa y qué número?"},
	{"This number belongs to another company.", "Este número es de otra empresa."},
	{"A customer was not pleased", "Un cliente no quedó contento"},
	{"A caller wants a person", "Quien llama quiere hablar con alguien"},
	/* ---- the house's own subscription (fcgi/acts/subscriptions, fcgi/http/exchange) ---- */
	{"This house asks nothing of your company.", "Este sistema no le cobra nada a tu empresa."},
	{"Everything is paid. Thank you.", "Todo está pagado. Gracias."},
	{"A payment for Poolhouse is missing. Everything works on until the day below.",
	    "Falta un pago de Poolhouse. Todo sigue funcionando hasta el día que indicamos abajo."},
	{"A payment for Poolhouse is missing. Your company can be read, but not changed, until it is paid.",
	    "Falta un pago de Poolhouse. Hasta que se pague, tu empresa se puede consultar, pero no cambiar."},
	{"A payment for Poolhouse is missing. Your company is closed until it is paid; its data can be taken away.",
	    "Falta un pago de Poolhouse. Tu empresa queda cerrada hasta que se pague; puedes llevarte sus datos."},
	{"The free time of your company ends. Subscribe to go on without a break.",
	    "El tiempo gratuito de tu empresa se acaba. Suscríbete para seguir sin interrupción."},
	{"The subscription is not paid: nothing can be changed until it is. Everything can be read and taken away.",
	    "La suscripción no está pagada: hasta entonces no se puede cambiar nada. Todo se puede consultar y descargar."},
	{"The subscription is not paid: your company is closed until it is. Its data can be taken away.",
	    "La suscripción no está pagada: tu empresa queda cerrada hasta entonces. Puedes llevarte sus datos."},
	{"The company cannot take this at the moment. Please call.",
	    "La empresa no puede recibir esto en este momento. Llame por teléfono, por favor."},
	{"A mail of your own has a subject and words.", "Un correo propio tiene asunto y texto."},
	{"This message is not signed by the provider of texts.", "Este mensaje no viene firmado por el proveedor de mensajes de texto."},

	{"This code does not work. Ask for a new one.", "Este código no funciona. Pida uno nuevo."},
	{"your code to sign in is", "su código para entrar es"},
	{"Five photos are enough for the company to see it.", "Cinco fotos bastan para que la empresa lo vea."},
	{"See and pay it:", "Véalo y páguelo:"},
	{"This is paid already. Thank you.", "Esto ya está pagado. Gracias."},

	/* ---- words to technicians' phones (acts/phones, remote/push, remote/sms) ---- */
	{"Another customer is promised %s to %s: one person cannot keep both.",
	    "A otro cliente se le prometió de %s a %s: una sola persona no puede cumplir las dos cosas."},
	{"This takes longer than %.*s works on this day.", "Esto tarda más de lo que %.*s trabaja ese día."},
	{"These hours overlap others of the same day.", "Estas horas se cruzan con otras del mismo día."},
	{"%.*s: your visit at %.*s has a new time: %.*s, %.*s.", "%.*s: su visita en %.*s tiene nueva hora: %.*s, %.*s."},
	{"between %.*s and %.*s", "entre las %.*s y las %.*s"},
	{"by %.*s", "antes de las %.*s"},
	{"from %.*s on", "a partir de las %.*s"},
	{"in the course of the day", "en el transcurso del día"},
	{"The office has corrected this reading since. What you tapped is kept beside it.",
	    "La oficina corrigió esta medición después. Lo que tocaste se conserva al lado."},
	{"First fetch", "Recoger antes"},
	{"By a new plan for the day", "Por un nuevo plan del día"},
	{"%d min more of driving", "%d min más de manejo"},
	{"%d min more of driving, usually comes here", "%d min más de manejo, suele venir aquí"},
	{"%d min more of driving, a window is missed", "%d min más de manejo, se incumple un horario"},
	{"%d min more of driving, usually comes here, a window is missed",
	    "%d min más de manejo, suele venir aquí, se incumple un horario"},
	{"Bring", "Llevar"},
	{"This van has none any more.", "En esta camioneta ya no queda."},
	{"This is not about a missing part.", "Esto no trata de una pieza que falta."},
	{"Somebody has seen to this already.", "Alguien ya atendió esto."},
	{"This is longer than a day.", "Esto dura más de un día."},
	{"Somebody is there twice.", "Alguien aparece dos veces."},
	{"A stop is missing here, or there twice.", "Falta una parada, o aparece dos veces."},
	{"Somebody is on the way there already.", "Alguien ya va de camino."},
	{"Not on the phone", "No está en el teléfono"},
	{"Running late", "Con retraso"},
	{"No access", "Sin acceso"},
	{"A part is missing", "Falta una pieza"},
	{"Somebody else is needed", "Hace falta otra persona"},
	{"The technician has a question", "El técnico tiene una duda"},
	{"Done by somebody who had it no more", "La hizo quien ya no la tenía"},
	{"A problem with the app or the process", "Un problema con la aplicación o el proceso"},
	{"Wants a return", "Pide otra visita"},
	{"Water out of range", "Agua fuera de rango"},
	{"Took much longer", "Tomó mucho más tiempo"},
	{"Was very short", "Fue muy corta"},
	{"The office has answered", "La oficina ha respondido"},
	{"There is nobody to answer.", "No hay nadie a quien responder."},
	{"That is enough said.", "Ya se ha dicho bastante."},
	{"New stop", "Parada nueva"},
	{"A stop has changed", "Una parada ha cambiado"},
	{"A stop is off your list", "Ya no tienes una parada"},
	{"Your stops have changed", "Tus paradas han cambiado"},
	{"today", "hoy"},
	{"tomorrow", "mañana"},
	{"by", "antes de las"},
	{"This is not an address of a push service.", "Esta no es una dirección de un servicio de avisos."},
	{"This is not a key of a phone.", "Esta no es una clave de un teléfono."},
	{"The push could not be sealed.", "No se pudo cifrar el aviso."},
	{"The push service wants us to ask less often.", "El servicio de avisos pide que enviemos menos."},
	{"The push service refuses us (status %d).", "El servicio de avisos nos rechaza (estado %d)."},
	{"The push service answers with status %d.", "El servicio de avisos responde con el estado %d."},
	{"No text messages can be sent: sms_url is not set.", "No se pueden enviar mensajes de texto: falta sms_url."},
	{"This number cannot be texted (%d).", "A este número no se le pueden enviar mensajes (%d)."},
	{"The account for text messages is refused (status %d).", "Se rechaza la cuenta de mensajes de texto (estado %d)."},
	{"Text messages are to be sent less often.", "Hay que enviar mensajes de texto con menos frecuencia."},
	{"The language model did not answer a moment ago.", "El modelo de lenguaje no respondió hace un momento."},
	{"The answer of the language model makes no sense.", "La respuesta del modelo de lenguaje no tiene sentido."},
	{"The account of the language model is refused (status %d).", "La cuenta del modelo de lenguaje fue rechazada (estado %d)."},
	{"The language model is to be asked less often.", "Hay que preguntar menos al modelo de lenguaje."},
	{"The language model answers with status %d.", "El modelo de lenguaje responde con el estado %d."},
	{"The sender of text messages answers with status %d.", "El servicio de mensajes de texto responde con el estado %d."},
	{"The answer about a text message makes no sense.", "La respuesta sobre un mensaje de texto no tiene sentido."},

	/* ---- domain/base ---- */
	{"This is not a time zone we know.", "No conocemos esta zona horaria."},
	{"This amount is too large.", "Este importe es demasiado grande."},
	{"This is not an e-mail address.", "Esta no es una dirección de correo electrónico."},

	/* ---- sealed documents (domain/base/proof) ---- */
	{"This is not a sealed document of Poolhouse.", "Este no es un documento sellado de Poolhouse."},
	{"This document names another key than the one it comes with.",
	    "Este documento nombra otra clave que la que lo acompaña."},
	{"The key of this document was not in use at its time.",
	    "La clave de este documento no estaba en uso en su fecha."},
	{"Another house than this one vouches for this document.",
	    "Es otra casa la que responde por este documento."},
	{"The key of this document is not one that the house vouches for.",
	    "La casa no responde por la clave de este documento."},
	{"This document was changed after it was sealed.", "Este documento se modificó después de sellarse."},
	{"This piece of equipment is not on this property.", "Este equipo no está en esta propiedad."},
	{"This visit has no sealed record.", "Esta visita no tiene un registro sellado."},
	{"no readings were taken", "no se hicieron mediciones"},
	{"This document was sealed by another company.", "Este documento lo selló otra empresa."},

	/* ---- tables that come in (domain/imports) ---- */
	{"The file is larger than %d MiB.", "El archivo pesa más de %d MiB."},
	{"The file is empty.", "El archivo está vacío."},
	{"This file is UTF-16. Save it as \"CSV UTF-8\" and send it again.",
	    "Este archivo es UTF-16. Guárdalo como «CSV UTF-8» y envíalo de nuevo."},
	{"This is not a text file. Save the table as CSV first.",
	    "Esto no es un archivo de texto. Guarda primero la tabla como CSV."},
	{"The file says that it is UTF-8 and is not. Save it again as \"CSV UTF-8\".",
	    "El archivo dice que es UTF-8 y no lo es. Guárdalo de nuevo como «CSV UTF-8»."},
	{"Line %u: a table has at most %d rows.", "Línea %u: una tabla tiene como máximo %d filas."},
	{"Line %u: a table has at most %d columns.", "Línea %u: una tabla tiene como máximo %d columnas."},
	{"Line %u: a cell holds at most %d characters.", "Línea %u: una celda contiene como máximo %d caracteres."},
	{"Line %u: a quotation mark is opened and never closed.", "Línea %u: se abre una comilla que nunca se cierra."},
	{"Two columns cannot fill the same field.", "Dos columnas no pueden llenar el mismo campo."},
	{"Say which column holds the name, the company or the street.",
	    "Indica qué columna contiene el nombre, la empresa o la calle."},
	{"This row names nobody and no place.", "Esta fila no nombra a nadie ni ningún lugar."},
	{"This is longer than %d characters.", "Esto tiene más de %d caracteres."},
	{"A latitude lies between -90 and 90, a longitude between -180 and 180.",
	    "Una latitud está entre -90 y 90; una longitud, entre -180 y 180."},
	{"Only the first of several addresses is taken.", "Solo se toma la primera de varias direcciones."},
	{"There are more tags than %d.", "Hay más de %d etiquetas."},
	{"We do not know what \"%.*s\" means here.", "No sabemos qué significa «%.*s» aquí."},
	{"This row has more cells than the header.", "Esta fila tiene más celdas que el encabezado."},
	{"There is nothing below the names of the columns.", "No hay nada debajo de los nombres de las columnas."},
	{"The names of the columns are too long together.", "Los nombres de las columnas son demasiado largos en conjunto."},
	{"The file has %u columns.", "El archivo tiene %u columnas."},
	{"The file is no longer here. Please send it again.", "El archivo ya no está aquí. Envíalo de nuevo."},
	{"There are more customers than an import can compare with.", "Hay más clientes de los que una importación puede comparar."},
	{"A table holds the visits of one day to %d days.", "Una tabla contiene las visitas de un día a %d días."},
	{"This list is too long to be taken away.", "Esta lista es demasiado larga para llevársela."},
	{"Warehouse", "Almacén"},
	{"These days have more than %d visits. Choose fewer.", "Estos días tienen más de %d visitas. Elige menos."},
	{"This customer is in the archive; nothing is changed.", "Este cliente está en el archivo; no se cambia nada."},
	{"The geocoder did not answer a moment ago.", "El geocodificador no respondió hace un momento."},
	{"The geocoder's answer makes no sense.", "La respuesta del geocodificador no tiene sentido."},
	{"The geocoder wants us to ask less often.", "El geocodificador quiere que preguntemos con menos frecuencia."},
	{"The geocoder refuses us (status %d).", "El geocodificador nos rechaza (estado %d)."},
	{"The geocoder answers with status %d.", "El geocodificador responde con el estado %d."},
	{"The file of a pace cannot be opened.", "No se puede abrir el archivo de un ritmo."},
	{"The pace of questions is kept.", "Se mantiene el ritmo de las preguntas."},
	{"The file of a pace cannot be written.", "No se puede escribir el archivo de un ritmo."},
	{"This row asks nothing.", "Esta fila no pregunta nada."},
	{"The import has gone on meanwhile. Reload and look again.",
	    "La importación siguió mientras tanto. Recarga la página y vuelve a mirar."},
	{"An import can be undone for 30 days.", "Una importación se puede deshacer durante 30 días."},
	{"These rows are more than one file holds. Correct the first of them and try again.",
	    "Estas filas no caben en un archivo. Corrige las primeras e inténtalo de nuevo."},
	{"Row", "Fila"},
	{"Problem", "Problema"},

	/* ---- bills and payments (domain/billing) ---- */
	{"A bill cannot be below zero. Give a credit instead.",
	    "Una factura no puede ser menor que cero. Da un crédito en su lugar."},
	{"The amount must be above zero.", "El importe debe ser mayor que cero."},
	{"This is more than is left of the payment.", "Esto es más de lo que queda del pago."},
	{"This is more than the bill still asks for.", "Esto es más de lo que falta por pagar de la factura."},
	{"This is more than the payment pays of this bill.", "Esto es más de lo que el pago cubre de esta factura."},
	{"Something of this bill is paid already. Take the payment off it first.",
	    "Una parte de esta factura ya está pagada. Quítale primero el pago."},
	{"This period is closed. Choose a day behind it.", "Este período está cerrado. Elige un día posterior."},
	{"Give the tax a name, as it shall stand on the bill.", "Ponle al impuesto el nombre que aparecerá en la factura."},
	{"A tax is at most %d %%.", "Un impuesto es como máximo del %d %%."},
	{"A bill has at most %d lines.", "Una factura tiene como máximo %d líneas."},
	{"This is issued already.", "Esto ya está emitido."},
	{"This was taken back.", "Esto fue anulado."},
	{"This quote was approved already.", "Este presupuesto ya fue aprobado."},
	{"This quote was declined.", "Este presupuesto fue rechazado."},
	{"Issue this first.", "Emítelo primero."},
	{"This document is too long.", "Este documento es demasiado largo."},
	{"This is too much for one look. Choose fewer days.", "Es demasiado para una sola vista. Elige menos días."},
	{"There is nothing to bill up to this day.", "No hay nada que facturar hasta este día."},
	{"A card or a bank debit is taken by the payment page, not written down.",
	    "Una tarjeta o un débito bancario se cobra en la página de pago; no se anota aquí."},
	{"Say why the credit is given.", "Indica por qué se da el crédito."},
	{"This day is still to come.", "Este día aún no llega."},
	{"This payment pays nothing of this bill.", "Este pago no cubre nada de esta factura."},
	{"This goes back through the payment provider.", "Esto se devuelve a través del proveedor de pagos."},
	{"A credit cannot be returned by a bank.", "Un banco no puede devolver un crédito."},
	{"This bill does not exist.", "Esta factura no existe."},
	{"Returned payment", "Pago devuelto"},
	{"Late fee", "Recargo por demora"},
	{"This document is not signed.", "Este documento no está firmado."},
	{"A bill has taken this line. Take the bill back, or give a credit.",
	    "Una factura ya tomó esta línea. Anula la factura o da un crédito."},
	{"A draft has no paper yet.", "Un borrador aún no tiene documento."},
	{"The press cannot be fed.", "No se puede alimentar la imprenta."},
	{"This file is too large.", "Este archivo es demasiado grande."},
	{"The file cannot be read right now. Please try again in a moment.",
	    "El archivo no se puede leer en este momento. Inténtalo de nuevo en un momento."},
	{"This day lies in a period that is closed.", "Este día está en un periodo cerrado."},
	{"A run is under way. Stop it, or wait until it is done.",
	    "Hay una facturación en curso. Detenla o espera a que termine."},
	{"This run cannot be started now. Reload and look again.",
	    "Esta facturación no se puede iniciar ahora. Recarga la página y vuelve a mirar."},
	{"This run does not run. Reload and look again.",
	    "Esta facturación no está en marcha. Recarga la página y vuelve a mirar."},
	{"Stop the run first.", "Detén primero la facturación."},
	{"This customer is billed already. Reload and look again.",
	    "Este cliente ya está facturado. Recarga la página y vuelve a mirar."},
	{"Nothing waits any more: somebody has billed it.", "Ya no espera nada: alguien lo facturó."},
	{"It changed after you looked. Look again, then take it in.",
	    "Cambió después de que lo miraras. Míralo de nuevo y vuelve a incluirlo."},
	/* Booking. */
	{"Postcodes are letters and digits with commas between them; 958* means all that begin so.",
	    "Los códigos postales son letras y cifras separados por comas; 958* quiere decir todos los que empiezan así."},
	{"Choose at least one service that can be booked.", "Elige al menos un servicio que se pueda reservar."},
	{"We do not come to this postcode. Please call us.", "No llegamos a este código postal. Llámenos, por favor."},
	{"This is too far away for us. Please call us.", "Esto queda demasiado lejos para nosotros. Llámenos, por favor."},
	{"Many people are booking at this moment. Please try again in a few minutes.",
	    "Muchas personas están reservando en este momento. Inténtelo de nuevo en unos minutos."},
	{"This time is not free any more. Choose another.", "Esta hora ya no está libre. Elija otra."},
	{"This time is not held any more. Choose it again.", "Esta hora ya no está guardada. Elíjala de nuevo."},
	{"This page stood open for too long. Reload it and try again.",
	    "Esta página estuvo abierta demasiado tiempo. Recárguela e inténtelo de nuevo."},
	{"Give a telephone number, so that the technician can reach you.",
	    "Indique un teléfono, para que el técnico pueda localizarle."},
	{"It is too late to change this here. Please call us.", "Ya es tarde para cambiar esto aquí. Llámenos, por favor."},
	{"The customer cancelled.", "El cliente canceló."},
	{"You can add six photos.", "Puede añadir seis fotos."},
	/* What stands on documents; customers read it. */
	{"Quote", "Presupuesto"},
	{"Receipt", "Recibo"},
	{"Number", "Número"},
	{"Day", "Fecha"},
	{"Please pay by", "Pagar antes del"},
	{"Holds until", "Válido hasta"},
	{"What", "Concepto"},
	{"Quantity", "Cantidad"},
	{"Price", "Precio"},
	{"Amount", "Importe"},
	{"Net", "Neto"},
	{"Total", "Importe total"},
	{"Balance", "Saldo"},
	{"Carried over", "Saldo anterior"},
	{"Deposit when you approve", "Depósito al aprobar"},
	{"Option", "Opción"},
	{"all included", "todo incluido"},
	{"Deposit for", "Depósito para"},
	{"Deposit of", "Depósito de"},
	{"Write who says so.", "Escriba quién lo dice."},
	{"This comes to less than nothing.", "Esto suma menos que nada."},
	{"This job is on a bill already. Take that back first.", "Este trabajo ya está en una factura. Retírala primero."},
	{"This has no price. Add a line for it.", "Esto no tiene precio. Agrega una línea."},
	{"Choose a day from today on, within a year.", "Elige un día desde hoy, dentro de un año."},
	{"Choose at least one price.", "Elige al menos un precio."},
	{"This is installed already.", "Esto ya está instalado."},
	/* Offers. */
	{"A quote needs a line.", "Un presupuesto necesita una línea."},
	{"A quote has at most %d lines.", "Un presupuesto tiene como máximo %d líneas."},
	{"Offer no options, or two to %d.", "No ofrezcas opciones, o entre dos y %d."},
	{"This option does not exist.", "Esta opción no existe."},
	{"Each option needs a line of its own.", "Cada opción necesita una línea propia."},
	{"Pick one of the options.", "Elija una de las opciones."},
	{"This quote has run out. Ask for a new one.", "Este presupuesto venció. Pida uno nuevo."},
	{"This is sent already. Take it back and make a new one.", "Esto ya se envió. Retíralo y haz uno nuevo."},
	{"This photo is not of this customer.", "Esta foto no es de este cliente."},
	{"Say what you would like to know.", "Escriba qué le gustaría saber."},
	{"A quote was answered", "Respondieron a un presupuesto"},
	{"of", "de"},
	{"What it pays", "Qué paga"},
	{"Kept for the next bill", "A favor para la próxima factura"},
	{"Received", "Recibido"},
	{"Cash", "Efectivo"},
	{"Check", "Cheque"},
	{"Transfer", "Transferencia"},
	{"Card", "Tarjeta"},
	{"Bank debit", "Débito bancario"},
	{"Credit", "Crédito"},
	{"This document is signed. Scan the code to see that not one letter or cent was changed.",
	    "Este documento está firmado. Escanee el código para ver que no se cambió ni una letra ni un centavo."},
	{"Statement", "Estado de cuenta"},
	{"Invoice", "Factura"},
	{"Give the discount a name, as it shall stand on the bill.",
	    "Ponle al descuento el nombre que aparecerá en la factura."},
	{"Say how often somebody is reminded.", "Indica cuántas veces se recuerda."},
	{"Nobody of this customer wants bills by e-mail. Add an address first.",
	    "Nadie de este cliente quiere facturas por correo. Añade primero una dirección."},
	{"A closed period never opens again.", "Un período cerrado no se vuelve a abrir."},
	{"Only days that are over can be closed.", "Solo se pueden cerrar días que ya pasaron."},
	{"There is a tax of this name. End it first, or choose another name.",
	    "Ya hay un impuesto con este nombre. Termínalo primero o elige otro nombre."},
	{"A company has at most %d rules of tax.", "Una empresa tiene como máximo %d reglas de impuestos."},
	{"There are more open bills than one list can show.", "Hay más facturas abiertas de las que caben en una lista."},

	/* ---- lists, many at once, duplicates ---- */
	{"At most %d lists are kept. Drop one first.", "Se guardan como máximo %d listas. Elimina una primero."},
	{"Nothing would change.", "No cambiaría nada."},
	{"That is too much at once. Choose fewer customers.", "Son demasiados de una vez. Elige menos clientes."},
	{"They do not want this technician.", "No quieren a este técnico."},
	{"Bills or payments are written in the name of this record. Somebody who writes bills can merge it.",
	    "Hay facturas o pagos a nombre de este registro. Puede unirlo alguien que haga facturas."},
	{"Choose another customer.", "Elige otro cliente."},
	{"At most %d pairs are kept apart.", "Se mantienen separadas como máximo %d parejas."},
	{"This record went into another since. Undo that first.",
	    "Este registro pasó después a otro. Deshaz primero eso."},
	{"There is a list of this name already.", "Ya existe una lista con este nombre."},

	/* ---- photos and files (domain/base/file, fcgi/acts/files) ---- */
	{"Photos are kept as JPEG, PNG or WebP, papers as PDF. This file is none of these.",
	    "Las fotos se guardan como JPEG, PNG o WebP y los documentos como PDF. Este archivo no es ninguno de ellos."},
	{"This picture is damaged.", "Esta imagen está dañada."},
	{"This picture has more than %d million pixels. Make it smaller first.",
	    "Esta imagen tiene más de %d millones de píxeles. Redúcela primero."},
	{"The form holds no file.", "El formulario no contiene ningún archivo."},
	{"A customer has at most %d photos and files.", "Un cliente tiene como máximo %d fotos y archivos."},
	{"The file cannot be kept right now. Please try again in a moment.",
	    "El archivo no se puede guardar en este momento. Inténtalo de nuevo en un momento."},
	{"Nothing can be kept on this kind of record.", "En este tipo de registro no se puede guardar nada."},

	/* ---- routes (domain/dispatch, fcgi/acts/routes.c) ---- */
	{"That is more than one plan can hold. Plan one technician, or fewer days.",
	    "Eso es más de lo que cabe en un plan. Planifica un solo técnico o menos días."},
	{"These stops have more different wishes than one plan can hold. Plan fewer at once.",
	    "Estas paradas tienen más deseos distintos de los que caben en un plan. Planifica menos a la vez."},
	{"Choose tomorrow or a later day: today is under way.", "Elige mañana o un día posterior: hoy ya está en marcha."},
	{"Choose a day in the next three months.", "Elige un día de los próximos tres meses."},
	{"A week is planned for everybody.", "Una semana se planifica para todos."},
	{"This plan is not at that point any more. Reload and look again.",
	    "Este plan ya no está en ese punto. Recarga la página y vuelve a mirar."},
	{"Something in this plan changed since it was made. Plan again, it takes a moment.",
	    "Algo de este plan cambió desde que se hizo. Planifica de nuevo, es un momento."},
	{"This property has no place on the map yet. Set its pin first.",
	    "Esta propiedad aún no tiene lugar en el mapa. Pon primero su marca."},
	/* ---- payments through a processor ---- */
	{"This house has no payment provider yet. Its operator can set one up.",
	    "Este sistema aún no tiene proveedor de pagos. Su operador puede configurar uno."},
	{"This company does not take cards here yet.", "Esta empresa todavía no acepta tarjetas aquí."},
	{"This amount cannot be paid here.", "Este importe no se puede pagar aquí."},
	{"This card or account cannot be used.", "Esta tarjeta o cuenta no se puede usar."},
	{"Too many payments are begun. Please wait until they are through.",
	    "Hay demasiados pagos empezados. Espere a que terminen."},
	{"This payment did not come through the payment provider.",
	    "Este pago no llegó por el proveedor de pagos."},
	{"This message is not signed by the payment provider.",
	    "Este mensaje no está firmado por el proveedor de pagos."},
	{"No payment provider is set (stripe_key).",
	    "No hay ningún proveedor de pagos configurado (stripe_key)."},
	{"The payment provider did not answer a moment ago.",
	    "El proveedor de pagos no respondió hace un momento."},
	{"The payment provider answers nonsense.",
	    "La respuesta del proveedor de pagos no tiene sentido."},
	{"The payment provider refuses this: %s", "El proveedor de pagos rechaza esto: %s"},
	{"The payment provider does not let us in: %s", "El proveedor de pagos no nos deja entrar: %s"},
	{"The payment provider does not know this: %s", "El proveedor de pagos no conoce esto: %s"},
	{"The payment provider is not well (%d).", "El proveedor de pagos no está bien (%d)."},
	{"The payment could not begin. Please tell the company.",
	    "El pago no pudo empezar. Por favor, avise a la empresa."},
	{"I allow %.*s to charge this card or account for each bill on the day it is due, for the exact amount of the bill, until I turn this off here.",
	    "Autorizo a %.*s a cobrar en esta tarjeta o cuenta cada factura el día de su vencimiento, por su importe exacto, hasta que lo desactive aquí."},
	{" Only for: ", " Solo para: "},
	{" Only at: ", " Solo en: "},
	{"pool service", "servicio de piscina"},
	{"chemicals", "químicos"},
	{"work and parts", "trabajos y piezas"},
	{"fees", "cargos"},
	{"Say how the customer agreed.", "Indique cómo aceptó el cliente."},
	{"This is none of the customer's places.", "No es ninguno de los lugares del cliente."},
	{"Choose a day from tomorrow on, within three months.", "Elija un día a partir de mañana, dentro de tres meses."},
	{"You have asked for several visits already. The company will answer soon.",
	    "Ya ha pedido varias visitas. La empresa le responderá pronto."},
	{"You have told us already. Thank you.", "Ya nos lo dijo. Gracias."},
	{"The payment provider names a sum that cannot be.", "El proveedor de pagos indica una suma imposible."},

	{"No road map is set (roads_url).", "No hay ningún mapa de carreteras configurado (roads_url)."},
	{"The road map refuses these places (%d).", "El mapa de carreteras rechaza estos lugares (%d)."},
	{"The road map is not well (%d).", "El mapa de carreteras no está bien (%d)."},
	{"The road map did not answer a moment ago.", "El mapa de carreteras no respondió hace un momento."},
	{"The road map's answer is no table of what was asked.",
	    "La respuesta del mapa de carreteras no es una tabla de lo que se preguntó."},
	{"The end of the day is not behind its beginning.", "El fin del día no está después del comienzo."},
	{"The latest time for lunch is before the earliest.", "La hora más tardía del almuerzo es anterior a la más temprana."},

	/* ---- customers, properties, pools ---- */
	{"A telephone number has ten digits; one of another country begins with + and its country.",
	    "Un número de teléfono tiene diez dígitos; el de otro país empieza con + y su código de país."},
	{"There is no such area code or telephone number.", "No existe ese código de área o número de teléfono."},
	{"Messages by text need a telephone number.", "Los mensajes de texto necesitan un número de teléfono."},
	{"Messages by e-mail need an e-mail address.", "Los mensajes por correo necesitan una dirección de correo."},
	{"Choose a shape first.", "Elige primero una forma."},
	{"The calculator needs %d sizes for this shape.", "La calculadora necesita %d medidas para esta forma."},
	{"Each size is between 1 cm and 200 m.", "Cada medida está entre 1 cm y 200 m."},
	{"This is more water than any pool holds.", "Es más agua de la que cabe en ninguna piscina."},
	{"A volume needs to say how it is known.", "Un volumen debe decir cómo se conoce."},
	{"A place needs both its coordinates.", "Un lugar necesita sus dos coordenadas."},
	{"A day cannot be both liked and not wanted.", "Un día no puede ser preferido y no deseado a la vez."},
	{"At least one day of the week must remain.", "Debe quedar al menos un día de la semana."},
	{"The time of day ends before it begins.", "El horario termina antes de empezar."},
	{"This technician is also one who must never come.", "Este técnico es también uno que nunca debe venir."},
	{"Say which technician it should always be.", "Indica qué técnico debe venir siempre."},
	{"Nobody like this works here.", "Aquí no trabaja nadie así."},
	{"This kind of record has no fields of your own.", "Este tipo de registro no tiene campos propios."},
	{"Only a choice has options.", "Solo un campo de elección tiene opciones."},
	{"A choice needs at least two options.", "Un campo de elección necesita al menos dos opciones."},
	{"An option is there twice.", "Hay una opción repetida."},
	{"There is no such field any more.", "Ese campo ya no existe."},
	{"A field is there twice.", "Hay un campo repetido."},
	{"\"%.*s\" is not a number.", "«%.*s» no es un número."},
	{"\"%.*s\" is not a date such as 2026-11-21.", "«%.*s» no es una fecha como 2026-11-21."},
	{"\"%.*s\" is not one of the options.", "«%.*s» no es una de las opciones."},
	{"\"%.*s\" is neither yes nor no.", "«%.*s» no es ni sí ni no."},
	{"These values are too long together.", "Estos valores son demasiado largos en conjunto."},
	{"A field of this name exists already.", "Ya existe un campo con este nombre."},
	{"There are as many fields as a company can have.", "Ya hay tantos campos como puede tener una empresa."},
	{"This customer is still served. End the agreement first.",
	    "Este cliente todavía recibe servicio. Termina primero el acuerdo."},
	{"This place is still served. End the agreement first.",
	    "Este lugar todavía recibe servicio. Termina primero el acuerdo."},
	{"This record went into another. Undo the merge instead.",
	    "Este registro se unió a otro. Deshaz la unión."},
	{"This customer has as many of these as one can have.", "Este cliente ya tiene tantos como puede tener."},
	{"This pool has as many of these as one can have.", "Esta piscina ya tiene tantos como puede tener."},
	{"They own this place already.", "Este lugar ya es suyo."},
	{"This customer is archived. Restore them first.", "Este cliente está archivado. Restáuralo primero."},
	{"No such code is written down.", "No hay ningún código así anotado."},
	{"Say who the new owner is.", "Indica quién es el nuevo propietario."},
	{"This kind of record has no notes.", "Este tipo de registro no tiene notas."},

	/* ---- agreements, visits, working hours ---- */
	{"We do not know this kind of repetition.", "No conocemos este tipo de repetición."},
	{"This is too long a time. Choose a year at most.", "Es demasiado tiempo. Elige un año como máximo."},
	{"Not every month has this day. Choose one up to the 28th, or the last.",
	    "No todos los meses tienen este día. Elige uno hasta el 28, o el último."},
	{"This agreement has ended.", "Este acuerdo ha terminado."},
	{"What has been cannot be changed. Choose today or a later day.",
	    "Lo que ya pasó no se puede cambiar. Elige hoy o un día posterior."},
	{"The agreement does not run on this day.", "El acuerdo no está vigente en este día."},
	{"This agreement has changed too often. End it and make a new one.",
	    "Este acuerdo ha cambiado demasiadas veces. Termínalo y crea uno nuevo."},
	{"The end is before the beginning.", "El final está antes del comienzo."},
	{"Say after how many days it is due again.", "Indica después de cuántos días toca de nuevo."},
	{"Say on which days it repeats.", "Indica en qué días se repite."},
	{"This day is over.", "Este día ya pasó."},
	{"This is not one of your stops.", "Esta no es una de tus paradas."},
	{"This was written down for another pool.", "Esto se anotó para otra alberca."},
	{"There is no such item.", "No existe ese artículo."},
	{"This time has not come yet.", "Esa hora todavía no llega."},
	{"This is not what was advised. Say why.", "No es lo que se aconsejó. Di por qué."},
	{"This must not meet %.*s, which went in within a day. If it was poured all the same, say why.", "Esto no debe juntarse con %.*s, que se echó hace menos de un día. Si aun así se echó, di por qué."},
	{"What was counted by volume, weight or pieces stays so. Make a new one.", "Lo que se contaba por volumen, peso o piezas sigue así. Crea uno nuevo."},
	{"An address begins with https://.", "Una dirección empieza con https://."},
	{"There are as many items as a company can have.", "Ya hay tantos artículos como puede tener una empresa."},
	{"There is an item of this name already.", "Ya hay un artículo con ese nombre."},
	{"This is too much for one look. Choose one van.", "Es demasiado para una vista. Elige una camioneta."},
	{"It is there already.", "Ya está ahí."},
	{"Only measures of your own have a name of your own.", "Solo las medidas propias llevan un nombre propio."},
	{"This stands here twice.", "Esto está aquí dos veces."},
	{"At least one value, please.", "Al menos un valor, por favor."},
	{"These rules are too long together.", "Estas reglas juntas son demasiado largas."},
	{"This visit is of another place.", "Esta visita es de otro lugar."},
	{"Liquid chlorine", "Cloro líquido"},
	{"Muriatic acid", "Ácido muriático"},
	{"Sodium bicarbonate", "Bicarbonato de sodio"},
	{"Soda ash", "Carbonato de sodio"},
	{"Calcium chloride", "Cloruro de calcio"},
	{"Stabilizer", "Estabilizador"},
	{"Pool salt, 40 lb bag", "Sal para alberca, bolsa de 40 lb"},
	{"Trichlor tabs, 3 inch", "Tabletas de tricloro de 3 pulgadas"},
	{"These four must rise: low, aim from, aim to, high.", "Estos cuatro deben subir: bajo, objetivo desde, objetivo hasta, alto."},
	{"Nobody has ever read such a value. Is it in another unit?", "Nadie ha medido nunca un valor así. ¿Está en otra unidad?"},
	{"How much water is in it? Without that no dose can be computed.", "¿Cuánta agua tiene? Sin eso no se puede calcular ninguna dosis."},
	{"Say which chemical it is; of a part, none.", "Indica qué producto químico es; de una pieza, ninguno."},
	{"Nothing is stronger than 100 percent.", "Nada pasa del 100 por ciento."},
	{"How strong is it? The label says.", "¿Qué concentración tiene? Lo dice la etiqueta."},
	{"Liquids are counted by volume, what is dry by weight.", "Los líquidos se cuentan por volumen; lo seco, por peso."},
	{"How much is in one of them?", "¿Cuánto hay en cada uno?"},
	{"This visit was not skipped.", "Esta visita no se había omitido."},
	{"What is done stays as it is.", "Lo que está hecho se queda como está."},
	{"This visit will not take place.", "Esta visita no se hará."},
	{"This visit is under way.", "Esta visita está en curso."},
	{"This visit is still under way.", "Esta visita sigue en curso."},
	{"This visit has not begun.", "Esta visita no ha comenzado."},
	{"A visit takes at most a day.", "Una visita dura como máximo un día."},
	{"This is not something that happens to a visit.", "Esto no es algo que le pase a una visita."},

	/* ---- the technician's phone ---- */
	{"There is no place for it on this day.", "No cabe en este día."},
	{"Nobody can take it on this day.", "Nadie puede hacerla en este día."},
	{"The publisher did not take a hint.", "El publicador no aceptó un aviso."},
	{"This phone belongs to somebody else.", "Este teléfono es de otra persona."},
	{"The office has signed this phone out.", "La oficina cerró la sesión de este teléfono."},
	{"This number was used for something else before.", "Este número ya se usó para otra cosa."},
	{"This visit is not there any more.", "Esta visita ya no existe."},
	{"This visit is not yours any more.", "Esta visita ya no es tuya."},
	{"Say why.", "Di por qué."},
	{"Please write something.", "Escribe algo."},
	{"This value is missing.", "Falta este valor."},
	{"You are clocked in already.", "Ya marcaste tu entrada."},
	{"You are not clocked in.", "No has marcado tu entrada."},
	{"You are on a break already.", "Ya estás en una pausa."},
	{"You are not on a break.", "No estás en una pausa."},
	{"Codes are shown for the stops of today and tomorrow.",
	    "Los códigos se muestran para las paradas de hoy y de mañana."},
	{"%.*s is off on this day.", "%.*s no está disponible este día."},
	{"%.*s does not work on this day.", "%.*s no trabaja este día."},
	{"%.*s does not work at this time of the day.", "%.*s no trabaja a esta hora del día."},
	{"%.*s lacks what this needs: %.*s.", "A %.*s le falta lo que esto exige: %.*s."},
	{"%.*s: %.*s expired on %s.", "%.*s: %.*s venció el %s."},
	{"These people do not want us on this day of the week.", "Estas personas no nos quieren este día de la semana."},
	{"These people do not want this technician.", "Estas personas no quieren a este técnico."},
	{"These people want the technician they know.", "Estas personas quieren al técnico que ya conocen."},
	{"No hold begins on this day.", "Ninguna pausa comienza este día."},
	{"This property does not exist.", "Esta propiedad no existe."},
	{"This pool is not on this property.", "Esta piscina no está en esta propiedad."},
	{"This service does not exist.", "Este servicio no existe."},
	{"This person does not work here.", "Esta persona no trabaja aquí."},
	{"This is too much for one look. Choose fewer days, or one technician.",
	    "Es demasiado para una sola vista. Elige menos días, o un solo técnico."},
	{"The last day is before the first.", "El último día es anterior al primero."},
	{"There is a visit of this agreement on that day already.", "Ese día ya hay una visita de este acuerdo."},
	{"This visit belongs to no agreement. Move it once.", "Esta visita no pertenece a ningún acuerdo. Muévela una vez."},
	{"This skill is there twice.", "Esta aptitud está dos veces."},
	{"That is enough time off.", "Ya hay bastantes ausencias."},
	{"A place has a latitude and a longitude.", "Un lugar tiene una latitud y una longitud."},
	{"That is more than %d visits. Choose fewer days, or one technician.",
	    "Son más de %d visitas. Elige menos días, o un solo técnico."},
	{"Say where they go: another day, or somebody else.", "Indica adónde van: a otro día, o con otra persona."},
	{"There is nothing to move.", "No hay nada que mover."},
	{"This was undone already.", "Esto ya se deshizo."},
	{"There is one of this name already.", "Ya existe uno con este nombre."},
	{"This skill does not exist.", "Esta aptitud no existe."},
	{"This is too long.", "Esto es demasiado largo."},
	{"A company has at most %d services and templates.", "Una empresa tiene como máximo %d servicios y plantillas."},
	{"A company has at most %d skills.", "Una empresa tiene como máximo %d aptitudes."},

	/* ---- the usual services and their checklists (fcgi/acts/services.c) ---- */
	{"Full service", "Servicio completo"},
	{"Chemicals only", "Solo químicos"},
	{"Opening", "Apertura"},
	{"Closing", "Cierre"},
	{"Green to clean", "De verde a limpia"},
	{"Filter clean", "Limpieza del filtro"},
	{"Leak search", "Búsqueda de fugas"},
	{"Test the water", "Analizar el agua"},
	{"Empty the baskets", "Vaciar los cestos"},
	{"Skim the surface", "Recoger la superficie"},
	{"Brush walls and steps", "Cepillar paredes y escalones"},
	{"Vacuum", "Aspirar"},
	{"Check pump and filter", "Revisar bomba y filtro"},
	{"Add chemicals", "Añadir químicos"},
	{"Remove and fold the cover", "Quitar y doblar la cubierta"},
	{"Fill to the skimmer", "Llenar hasta el skimmer"},
	{"Start pump and filter", "Arrancar bomba y filtro"},
	{"Look for leaks", "Buscar fugas"},
	{"Lower the water", "Bajar el agua"},
	{"Blow out the lines", "Soplar las tuberías"},
	{"Drain the equipment", "Vaciar los equipos"},
	{"Put on the cover", "Poner la cubierta"},
	{"Take a photo before", "Tomar una foto antes"},
	{"Shock", "Choque de cloro"},
	{"Clean the filter", "Limpiar el filtro"},
	{"Vacuum to waste", "Aspirar al desagüe"},
	{"Take a photo after", "Tomar una foto después"},
	{"Note the pressure before", "Anotar la presión antes"},
	{"Take the filter apart", "Desmontar el filtro"},
	{"Rinse the cartridges or grids", "Enjuagar los cartuchos o rejillas"},
	{"Look at the seals", "Revisar las juntas"},
	{"Note the pressure after", "Anotar la presión después"},
	{"Mark the water level", "Marcar el nivel del agua"},
	{"Test the lines under pressure", "Probar las tuberías con presión"},
	{"Dye test at the fittings", "Prueba de colorante en los accesorios"},
	{"Take photos of what was found", "Tomar fotos de lo encontrado"},

	/* ---- fcgi/acts: links ---- */
	{"This link does not work any more. Ask for a new one.",
	    "Este enlace ya no funciona. Pide uno nuevo."},
	{"A job's payload does not fit.", "El contenido de una tarea no cabe."},

	/* ---- fcgi/acts: company, staff, roles, sessions, audit ---- */
	{"We do not know this country.", "No conocemos este país."},
	{"We cannot write money in this currency.", "No podemos escribir importes en esta moneda."},
	{"A colour is # and six hexadecimal digits.", "Un color es # y seis dígitos hexadecimales."},
	{"This is not a telephone number.", "Este no es un número de teléfono."},
	{"Somebody with this address works here already.",
	    "Ya trabaja aquí alguien con esta dirección."},
	{"Say which of the company's own roles.", "Indica cuál de los puestos propios de la empresa."},
	{"A role of this name exists already.", "Ya existe un puesto con este nombre."},
	{"This is the name of a built-in role.", "Este es el nombre de un puesto fijo."},
	{"The built-in roles cannot be changed.", "Los puestos fijos no se pueden cambiar."},
	{"A company has at most %d roles of its own.", "Una empresa tiene como máximo %d puestos propios."},
	{"Somebody still has this role.", "Alguien todavía tiene este puesto."},
	{"This role is larger than yours.", "Este puesto puede más que el tuyo."},

	/* ---- names of roles (domain/access/role.c) ---- */
	{"Owner", "Dueño"},
	{"Manager", "Gerente"},
	{"Dispatcher", "Despacho"},
	{"Billing", "Cobranza"},
	{"Technician", "Técnico"},
	{"Read only", "Solo lectura"},

	/* ---- domain/access, domain/staff ---- */
	{"A role needs at least one permission.", "Un puesto necesita al menos un permiso."},
	{"Only the owner's own role can own the company.",
	    "Solo el puesto de dueño puede ser dueño de la empresa."},
	{"This role may change what it may not see. Add the permission to see it.",
	    "Este puesto puede cambiar lo que no puede ver. Añade el permiso para verlo."},
	{"Confirm your own e-mail address before you invite others.",
	    "Confirma tu propio correo electrónico antes de invitar a otras personas."},
	{"This invitation is no longer open.", "Esta invitación ya no está abierta."},
	{"The owner's role changes only by handing the company over.",
	    "El puesto de dueño solo cambia al ceder la empresa."},
	{"Nobody changes their own role.", "Nadie cambia su propio puesto."},
	{"The owner cannot be disabled. Hand the company over first.",
	    "No se puede desactivar al dueño. Cede antes la empresa."},
	{"Nobody disables themselves.", "Nadie se desactiva a sí mismo."},
	{"This person is disabled already.", "Esta persona ya está desactivada."},
	{"This person is not disabled.", "Esta persona no está desactivada."},
	{"Only the owner hands the company over.", "Solo el dueño cede la empresa."},
	{"The company is yours already.", "La empresa ya es tuya."},
	{"Only somebody who has signed in can become the owner.",
	    "Solo quien ya ha entrado puede ser dueño."},
	{"This person may do more than you. Ask the owner.",
	    "Esta persona tiene más permisos que tú. Pídeselo al dueño."},
	{"Nobody can give others more than they may do themselves.",
	    "Nadie puede dar a otros más permisos de los que tiene."},

	/* ---- tenancy: addresses of companies, the way in ---- */
	{"An address has at least 3 letters.", "Una dirección tiene al menos 3 letras."},
	{"An address has at most %d letters.", "Una dirección tiene como máximo %d letras."},
	{"An address is made of the letters a to z, digits and hyphens.",
	    "Una dirección se compone de letras de la a a la z, cifras y guiones."},
	{"An address begins with a letter.", "Una dirección empieza con una letra."},
	{"A hyphen in an address stands alone between two letters or digits.",
	    "Un guion en una dirección va solo, entre dos letras o cifras."},
	{"This address is reserved.", "Esta dirección está reservada."},
	{"No company lives at this address.", "No hay ninguna empresa en esta dirección."},
	{"This company is gone.", "Esta empresa ya no existe."},
	{"This company's account is paused.", "La cuenta de esta empresa está en pausa."},
	{"This company's account is closed.", "La cuenta de esta empresa está cerrada."},
	{"This company is being brought up to date. Please come again in a moment.",
	    "Esta empresa se está actualizando. Vuelva en un momento, por favor."},
	{"The database does not answer.", "La base de datos no responde."},

	/* ---- tenancy: settings, keys, passwords ---- */
	{"The configuration file %s cannot be read: %s.",
	    "No se puede leer el archivo de configuración %s: %s."},
	{"%s has more than %d lines.", "%s tiene más de %d líneas."},
	{"%s, line %d: longer than %d bytes.", "%s, línea %d: más de %d bytes."},
	{"%s, line %d: expected `key = value`.", "%s, línea %d: se esperaba `clave = valor`."},
	{"%s, line %d: %.*s is set a second time.", "%s, línea %d: %.*s aparece por segunda vez."},
	{"%s, line %d: there is no setting %.*s.", "%s, línea %d: no existe el ajuste %.*s."},
	{"%s and %s_file are both set: one of them must go.",
	    "%s y %s_file están puestos a la vez: uno sobra."},
	{"%s_file: %s cannot be read, or is larger than a secret.",
	    "%s_file: no se puede leer %s, o es mayor que un secreto."},
	{"%s from %s is too long, or has more than one line.",
	    "%s de %s es demasiado largo o tiene más de una línea."},
	{"%s from %s must be a number from %u to %u.", "%s de %s debe ser un número de %u a %u."},
	{"%s from %s must be 0 or 1.", "%s de %s debe ser 0 o 1."},
	{"A setting without a kind.", "Un ajuste sin tipo."},
	{"base_url must be http:// or https:// and a host, without a path.",
	    "base_url debe ser http:// o https:// y un servidor, sin ruta."},
	{"base_url: a host has lower-case letters, digits, dots and dashes.",
	    "base_url: un servidor tiene letras minúsculas, cifras, puntos y guiones."},
	{"db_prefix must have 1 to 16 letters.", "db_prefix debe tener de 1 a 16 letras."},
	{"db_prefix has lower-case letters, digits and _ only.",
	    "db_prefix solo tiene letras minúsculas, cifras y _."},
	{"The cryptographic library does not start.", "La biblioteca criptográfica no arranca."},
	{"There is no guarded memory for keys.", "No hay memoria protegida para las claves."},
	{"The root key %s cannot be read: %s.", "No se puede leer la clave raíz %s: %s."},
	{"The root key %s must be a file that only its owner can read (mode 0400).",
	    "La clave raíz %s debe ser un archivo que solo su dueño pueda leer (modo 0400)."},
	{"The root key %s must have one line of 64 hex digits, or at most %d lines of a version and 64 hex digits.",
	    "La clave raíz %s debe tener una línea de 64 cifras hexadecimales, o como máximo %d líneas de una versión y 64 cifras hexadecimales."},
	{"A value of %s.%s is not a sealed one.", "Un valor de %s.%s no está sellado."},
	{"A sealed value of %s.%s does not open in its place.",
	    "Un valor sellado de %s.%s no se abre en su lugar."},
	{"There is no root key of version %u.", "No hay clave raíz de la versión %u."},
	{"A data key needs a tenant and a version from 1 to %d.",
	    "Una clave de datos necesita una empresa y una versión de 1 a %d."},
	{"Data key %u of tenant %llu does not open under the root it names.",
	    "La clave de datos %u de la empresa %llu no se abre con la raíz que nombra."},
	{"The data keys cannot be read.", "No se pueden leer las claves de datos."},
	{"Tenant %llu has no such data key.", "La empresa %llu no tiene esa clave de datos."},
	{"A link cannot expire at that time.", "Un enlace no puede caducar en ese momento."},
	{"This link is no longer valid. Please ask for a new one.",
	    "Este enlace ya no es válido. Pida uno nuevo, por favor."},
	{"%s cannot be read: %s.", "No se puede leer %s: %s."},
	{"A password can have at most %d bytes.", "Una contraseña puede tener como máximo %d bytes."},
	{"This password has characters that cannot be used.",
	    "Esta contraseña tiene caracteres que no se pueden usar."},
	{"The password needs at least %u characters.", "La contraseña necesita al menos %u caracteres."},
	{"The password must not be your e-mail address or your company's name.",
	    "La contraseña no puede ser tu correo electrónico ni el nombre de tu empresa."},
	{"This password is too easy to guess. Try a few words that only you would put together.",
	    "Esta contraseña es demasiado fácil de adivinar. Prueba con unas palabras que solo tú juntarías."},
	{"We are busy. Please try again in a moment.",
	    "Estamos ocupados. Inténtalo de nuevo en un momento."},
	{"The e-mail address or the password is not right.",
	    "El correo electrónico o la contraseña no son correctos."},
	{"Please enter the code of your authenticator.", "Escribe el código de tu aplicación de códigos."},
	{"This code is not right. A code works only once.",
	    "Este código no es correcto. Un código funciona una sola vez."},
	{"Too many attempts. Please wait, or reset your password.",
	    "Demasiados intentos. Espera o cambia tu contraseña."},
	{"A stored secret has the wrong length.", "Un secreto guardado tiene una longitud equivocada."},
	{"This request did not come from our own pages.",
	    "Esta petición no vino de nuestras propias páginas."},
	{"This address is taken.", "Esta dirección ya está ocupada."},
	{"This request was sent before, and said something else then.",
	    "Esta petición ya se envió antes y decía otra cosa."},
	{"We are making room for new companies. Please try again in a moment.",
	    "Estamos haciendo sitio para nuevas empresas. Inténtelo de nuevo en un momento."},
	{"The same request is still being worked on.", "La misma petición todavía se está procesando."},
	{"That took too long. Please try again in a moment.",
	    "Eso tardó demasiado. Inténtelo de nuevo en un momento."},
	{"A company without an owner.", "Una empresa sin propietario."},
	{"A company without a name.", "Una empresa sin nombre."},
	{"Please sign in with your code first.", "Primero inicia sesión con tu código."},
	{"There is no second factor waiting to be confirmed.",
	    "No hay ningún segundo factor pendiente de confirmar."},
	{"Your role needs the second factor.", "Tu rol necesita el segundo factor."},
	{"There is no second factor to remove.", "No hay ningún segundo factor que quitar."},
	{"Set up the second factor first.", "Primero configura el segundo factor."},
	{"This key is too long.", "Esta clave es demasiado larga."},
	{"Please show your password once more.", "Muestra tu contraseña una vez más, por favor."},
	{"A password's hash is longer than any.",
	    "El resumen de una contraseña es más largo que cualquiera."},
	/* ---- fcgi/http: bounds on what comes in ---- */
	{"This is required.", "Este dato es obligatorio."},
	{"This is not expected here.", "Este dato no se espera aquí."},
	{"Must be at most %lld characters.", "Debe tener como máximo %lld caracteres."},
	{"Must be at least %lld characters.", "Debe tener al menos %lld caracteres."},
	{"Must be exactly %lld characters.", "Debe tener exactamente %lld caracteres."},
	{"Contains characters that are not allowed.", "Contiene caracteres que no se permiten."},
	{"Must be between %lld and %lld.", "Debe estar entre %lld y %lld."},
	{"Must be a whole number.", "Debe ser un número entero."},
	{"Must be true or false.", "Debe ser verdadero o falso."},
	{"Must be a text.", "Debe ser un texto."},
	{"Must be a list.", "Debe ser una lista."},
	{"Must be a list of at most %lld entries.", "Debe ser una lista de como máximo %lld elementos."},
	{"Must be an object.", "Debe ser un objeto."},
	{"Must be an id of 13 letters.", "Debe ser un identificador de 13 letras."},
	{"Must be a date such as 2026-11-21.", "Debe ser una fecha como 2026-11-21."},
	{"Is not one of the possible values.", "No es uno de los valores posibles."},
	{"The request is not valid JSON.", "La solicitud no es JSON válido."},
	{"The request must be a JSON object.", "La solicitud debe ser un objeto JSON."},
	{"The request is nested too deeply or has too many parts.",
	    "La solicitud está anidada en exceso o tiene demasiadas partes."},
	{"The request names something twice.", "La solicitud nombra algo dos veces."},
	{"We are too busy. Please try again in a moment.",
	    "Hay demasiada carga. Inténtalo de nuevo en un momento."},
	{"There is nothing here.", "Aquí no hay nada."},
	{"This address is not valid.", "Esta dirección no es válida."},
	{"The length of the request is not valid.", "La longitud de la solicitud no es válida."},
	{"The request is too large.", "La solicitud es demasiado grande."},
	{"The form is not valid.", "El formulario no es válido."},
	{"The form has too many parts.", "El formulario tiene demasiadas partes."},

	/* ---- domain/messaging ---- */
	{"This is not a web address.", "Esta no es una dirección web."},
	{"This is not valid text.", "Este texto no es válido."},
	{"The message is too long.", "El mensaje es demasiado largo."},
	{"The message lacks %s.", "Al mensaje le falta %s."},
	{"The message lacks %.*s.", "Al mensaje le falta %.*s."},
	{"The message has no place for %.*s.", "El mensaje no tiene lugar para %.*s."},
	{"There is no such template.", "No existe esa plantilla."},
	{"A brace of the template is not paired.", "Una llave de la plantilla no tiene pareja."},
	{"A button of the template is malformed.", "Un botón de la plantilla está mal formado."},
	{"The subject has more than one line.", "El asunto tiene más de una línea."},
	{"The template does not use %s.", "La plantilla no usa %s."},
	{"The template lacks a language.", "A la plantilla le falta un idioma."},
	{"The template stands in the wrong place.", "La plantilla está en el lugar equivocado."},
	{"The template uses a name that is not listed: %.*s",
	    "La plantilla usa un nombre que no está en la lista: %.*s"},
	{"The template uses the link %s as words.", "La plantilla usa el enlace %s como texto."},

	/* ---- fcgi/jobs, fcgi/remote: read by the operator ---- */
	{"The worker died while doing this, or lost it, %u times.",
	    "El proceso murió mientras hacía esto, o lo perdió, %u veces."},
	{"This program knows no such job.", "Este programa no conoce esa tarea."},
	{"The call could not be set up.", "No se pudo preparar la llamada."},
	{"There are too many headers.", "Hay demasiadas cabeceras."},
	{"A header cannot hold this value.", "Una cabecera no admite este valor."},
	{"This address is not a public one.", "Esta dirección no es pública."},
	{"The answer is too large.", "La respuesta es demasiado grande."},
	{"No answer: %s", "Sin respuesta: %s"},
	{"No mail relay is set (smtp_url).", "No hay servidor de correo configurado (smtp_url)."},
	{"The mail relay refuses this address: %d", "El servidor de correo rechaza esta dirección: %d"},
	{"The mail relay did not answer a moment ago.",
	    "El servidor de correo no respondió hace un momento."},
	{"The mail relay answers %d.", "El servidor de correo responde %d."},
	{"The mail relay does not answer: %s", "El servidor de correo no responde: %s"},

	/* ---- sql ---- */
	{"The database does not answer at the moment.", "La base de datos no responde en este momento."},
	{"This is there already.", "Esto ya existe."},
	{"The database says: %s (%u).", "La base de datos dice: %s (%u)."},
	{"The database server does not know %s: it must be %s.",
	    "El servidor de base de datos no conoce %s: debe ser %s."},
	{"The database server has %s = %s: it must be %s.",
	    "El servidor de base de datos tiene %s = %s: debe ser %s."},
	{"The database server has roles: a role outlives a change of account. Drop them.",
	    "El servidor de base de datos tiene roles: un rol sobrevive al cambio de cuenta. Elimínalos."},

	/* ---- domain/routing ---- */
	{"There are more than %u stops.", "Hay más de %u paradas."},
	{"There are more than %u shifts.", "Hay más de %u turnos."},
	{"A plan has 1 to %u days.", "Un plan tiene de 1 a %u días."},
	{"A price is below zero.", "Un precio es menor que cero."},
	{"A price is too high to be counted.", "Un precio es demasiado alto para contarlo."},
	{"The price of a change is out of bounds.", "El precio de un cambio está fuera de los límites."},
	{"The prize of stop %u is too high to be counted.",
	    "El premio de la parada %u es demasiado alto para contarlo."},
	{"The goods of stop %u are out of bounds.", "La mercancía de la parada %u está fuera de los límites."},
	{"The promised time of stop %u is out of bounds.",
	    "La hora prometida de la parada %u está fuera de los límites."},
	{"The twin of stop %u is not its twin.", "La pareja de la parada %u no es su pareja."},
	{"Stop %u and its twin have other day patterns.",
	    "La parada %u y su pareja tienen patrones de días distintos."},
	{"The fair time of technician %u is out of bounds.",
	    "El tiempo justo del técnico %u está fuera de los límites."},
	{"The supply house is out of bounds.", "El proveedor está fuera de los límites."},
	{"The lunch of shift %u is out of bounds.", "El almuerzo del turno %u está fuera de los límites."},
	{"The goods of shift %u are below zero.", "La mercancía del turno %u es menor que cero."},
	{"Shift %u is of a technician without a fair time.", "El turno %u es de un técnico sin tiempo justo."},
	{"All stops together are too heavy to be counted.",
	    "Todas las paradas juntas pesan demasiado para contarlas."},
	{"There are more than %u places.", "Hay más de %u lugares."},
	{"There is no such stop.", "Esa parada no existe."},
	{"This stop is planned already.", "Esta parada ya está en la ruta."},
	{"A leg of the matrix is out of bounds.", "Un tramo de la matriz está fuera de los límites."},
	{"Stop %u is at a place that does not exist.", "La parada %u está en un lugar que no existe."},
	{"The service time of stop %u is out of bounds.",
	    "La duración de la parada %u está fuera de los límites."},
	{"The prize or load of stop %u is below zero.",
	    "El premio o la carga de la parada %u es menor que cero."},
	{"Stop %u has too many time windows.", "La parada %u tiene demasiadas franjas horarias."},
	{"A time window of stop %u is out of bounds.",
	    "Una franja horaria de la parada %u está fuera de los límites."},
	{"Stop %u has too many day patterns.", "La parada %u tiene demasiados patrones de días."},
	{"A day pattern of stop %u is out of bounds.",
	    "Un patrón de días de la parada %u está fuera de los límites."},
	{"Shift %u is on a day outside the plan.", "El turno %u está en un día fuera del plan."},
	{"Shift %u starts or ends at a place that does not exist.",
	    "El turno %u empieza o termina en un lugar que no existe."},
	{"The times or the capacity of shift %u are out of bounds.",
	    "Las horas o la capacidad del turno %u están fuera de los límites."},
	{"All stops together take too long to be counted.",
	    "Todas las paradas juntas duran demasiado para contarlas."},
	{"The request must be JSON.", "La solicitud debe ser JSON."},
	{"Please set up your second factor first.", "Primero configura tu segundo factor."},
	{"The same request is still under way. Please wait a moment.",
	    "La misma solicitud todavía está en curso. Espera un momento."},
	{"This key was used for another request before.", "Esta clave ya se usó para otra solicitud."},
	{"A stored answer cannot be read.", "No se puede leer una respuesta guardada."},
	{"The endpoint did not answer.", "La dirección no respondió."},
};

const char *const language_tags[] = {"en", "es", NULL};

/* What an error says if nobody gave a reason. */
static const char *const plain[ERR_COUNT] = {
	[OK] = "That did not work.",
	[E_INVALID] = "This value is not valid.",
	[E_SIGNED_OUT] = "Please sign in.",
	[E_FORBIDDEN] = "You may not do this.",
	[E_NOT_FOUND] = "This does not exist.",
	[E_STALE] = "Somebody else changed this just now. Reload and look again.",
	[E_LIMIT] = "That was too often. Please wait a little.",
	[E_RETRY] = "The house is busy. Please try again.",
	[E_AWAY] = "The house cannot answer right now. Please try again in a moment.",
	[E_BUG] = "Something broke on our side. We have written it down.",
};

static bool refused_by_weight(struct str parameters);
static size_t conversion(const char *at);

enum language
language_of(struct str tag)
{
	while (tag.n > 0) {
		struct str parameters, region, rest;
		struct str item = str_cut(tag, ',', &rest);
		struct str primary = str_cut(str_trim(str_cut(item, ';', &parameters)), '-', &region);

		if (!refused_by_weight(parameters)) {
			if (str_eq_nocase(primary, STR("en")))
				return ENGLISH;
			if (str_eq_nocase(primary, STR("es")))
				return SPANISH;
		}
		tag = rest;
	}
	return ENGLISH;
}

const char *
language_tag(enum language l)
{
	return language_tags[l == SPANISH ? SPANISH : ENGLISH];
}

const char *
words_say(enum language l, const char *english)
{
	if (l == SPANISH)
		for (size_t i = 0; i < sizeof(twins) / sizeof(*twins); i++)
			if (strcmp(twins[i].english, english) == 0)
				return twins[i].spanish;
	return english;
}

struct str
words_fault(struct arena *a, enum language l, const struct fault *f)
{
	const char *why = f->why;
	struct buf out = buf_open(a, 128, MESSAGE_MAX);
	unsigned arg = 0;

	if (why == NULL)
		why = plain[(unsigned)f->err < ERR_COUNT ? f->err : E_BUG];
	for (const char *p = words_say(l, why); *p != '\0';) {
		size_t n = conversion(p);

		if (n == 0) {
			buf_char(&out, *p++);
			continue;
		}
		if (p[1] == '%')
			buf_char(&out, '%');
		else if (arg < f->args)
			buf_add(&out, str_of(f->arg[arg++]));
		p += n;
	}
	return buf_str(&out);
}

struct str
words_day(struct arena *a, struct day d, enum language l)
{
	static const char *const months[LANGUAGES][12] = {
	    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"}};
	struct civil c;

	day_civil(d, &c);
	return l == SPANISH ? str_printf(a, "%d %s %d", c.mday, months[l][c.month - 1], (int)c.year)
	                    : str_printf(a, "%s %d, %d", months[l][c.month - 1], c.mday, (int)c.year);
}

struct str
words_minute(struct arena *a, uint32_t minute, enum language l)
{
	const uint32_t h = minute / 60 % 24, m = minute % 60;

	if (l == SPANISH)
		return str_printf(a, "%u:%02u", h, m);
	return str_printf(a, "%u:%02u %s", h % 12 == 0 ? 12 : h % 12, m, h < 12 ? "AM" : "PM");
	const uint32_t hour = minute / 60 % 24;

	if (l == SPANISH)
		return str_printf(a, "%u:%02u", hour, minute % 60);
	return str_printf(a, "%u:%02u %s", hour % 12 == 0 ? 12 : hour % 12, minute % 60, hour < 12 ? "AM" : "PM");
}

struct str
words_when(struct arena *a, struct day d, struct maybe_u32 from, struct maybe_u32 to, enum language l)
{
	static const char *const names[LANGUAGES][7] = {{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	    {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"}};
	const char *name = names[l][day_weekday(d)];
	const struct str day = words_day(a, d, l);

	if (!from.is || !to.is)
		return str_printf(a, l == SPANISH ? "%s %.*s" : "%s, %.*s", name, STR_ARG(day));
	return str_printf(a, l == SPANISH ? "%s %.*s, de %.*s a %.*s" : "%s, %.*s, %.*s to %.*s", name, STR_ARG(day),
	    STR_ARG(words_minute(a, from.v, l)), STR_ARG(words_minute(a, to.v, l)));
}

size_t
words_count(void)
{
	return sizeof(twins) / sizeof(*twins);
}

const char *
words_at(size_t i, enum language l)
{
	return l == SPANISH ? twins[i].spanish : twins[i].english;
}

/* "q=0", "q=0.0", ...: this language is the one that is not wanted. */
static bool
refused_by_weight(struct str parameters)
{
	parameters = str_trim(parameters);
	if (!str_starts(parameters, STR("q=0")))
		return false;
	for (size_t i = 3; i < parameters.n; i++)
		if (parameters.p[i] != '.' && parameters.p[i] != '0')
			return false;
	return true;
}

/* The length of the conversion at p, 0 if there is none. */
static size_t
conversion(const char *at)
{
	static const char *const known[] = {"%%", "%s", "%d", "%u", "%lld", "%llu", "%.*s"};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncmp(at, known[i], strlen(known[i])) == 0)
			return strlen(known[i]);
	return 0;
}
