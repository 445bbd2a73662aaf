import type { Words } from "./words";

export const es: Words = {
  kinds: {
    granted: {
      subject: "Tus descargas del pedido {{ order.name }}",
      heading: "Tu pedido está listo",
      intro:
        "Gracias por tu pedido {{ order.name }} en {{ shop.name }}. {% if keys_waiting > 0 %}Lo que ya está listo lo encuentras en tu página; el resto llegará después.{% else %}Todo lo que incluye está en tu página.{% endif %}",
    },
    keys_arrived: {
      subject: "Ya están tus claves de licencia del pedido {{ order.name }}",
      heading: "Ya están tus claves de licencia",
      intro: "Esperabas claves del pedido {{ order.name }} en {{ shop.name }}. Gracias por tu paciencia.",
    },
    new_version: {
      subject: "Una nueva versión para tu pedido {{ order.name }}",
      heading: "Hay una nueva versión",
      intro: "{{ shop.name }} ha publicado una nueva versión de algo que compraste en el pedido {{ order.name }}.",
    },
    fresh_link: {
      subject: "Tu nuevo enlace del pedido {{ order.name }}",
      heading: "Aquí tienes tu nuevo enlace",
      intro:
        "Has pedido un nuevo enlace para el pedido {{ order.name }} en {{ shop.name }}. Si no fuiste tú, ignora este mensaje.",
    },
  },
  button: "Abrir tu página",
  help: "¿Preguntas? Responde a este mensaje o escribe a {address}.",
  validity: "Tu página está abierta hasta el {moment} (UTC). Después, te enviará un nuevo enlace.",
  itemsHeading: "Lo que compraste",
  version: "Versión {number}",
  isNew: "Nuevo",
  link: "Enlace",
  downloadsLeft: {
    one: "queda {count} descarga",
    many: "quedan {count} descargas",
    other: "quedan {count} descargas",
  },
  noDownloadsLeft: "no quedan descargas",
  unlimited: "descargas ilimitadas",
  streamOnly: "se reproduce en tu página",
  until: "hasta el {date}",
  keys: { one: "{count} clave", many: "{count} claves", other: "{count} claves" },
  toCome: { one: "{count} pendiente", many: "{count} pendientes", other: "{count} pendientes" },
  keysAndToCome: "{keys} y {toCome}",
  willMail: {
    one: "{count} clave más está en camino; te escribiremos de nuevo.",
    many: "{count} de claves más están en camino; te escribiremos de nuevo.",
    other: "{count} claves más están en camino; te escribiremos de nuevo.",
  },
  keysOnPage: "se ven en tu página",
  revealOnPage: "para ver tus claves, pulsa «Mostrar» en tu página",
  moreKeys: {
    one: "y {count} clave más en tu página",
    many: "y {count} claves más en tu página",
    other: "y {count} claves más en tu página",
  },
  moreItems: {
    one: "Y {count} artículo más en tu página.",
    many: "Y {count} artículos más en tu página.",
    other: "Y {count} artículos más en tu página.",
  },
  held: "en espera mientras la tienda revisa tu pedido",
  notReady: "en preparación; pronto estará en tu página",
  howTo: "Cómo usarlo",
  fallbackLink: "Si el botón no funciona, abre esta dirección:",
  footer: "Recibes este mensaje porque hiciste un pedido en {shop}.",
};
