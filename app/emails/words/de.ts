import type { Words } from "./words";

export const de: Words = {
  kinds: {
    granted: {
      subject: "Ihre Downloads zur Bestellung {{ order.name }}",
      heading: "Ihre Bestellung ist bereit",
      intro:
        "Vielen Dank für Ihre Bestellung {{ order.name }} bei {{ shop.name }}. {% if keys_waiting > 0 %}Was schon da ist, finden Sie auf Ihrer Seite; der Rest folgt.{% else %}Alles, was dazugehört, finden Sie auf Ihrer Seite.{% endif %}",
    },
    keys_arrived: {
      subject: "Ihre Lizenzschlüssel zur Bestellung {{ order.name }} sind da",
      heading: "Ihre Lizenzschlüssel sind da",
      intro:
        "Sie haben auf Schlüssel zur Bestellung {{ order.name }} bei {{ shop.name }} gewartet. Vielen Dank für Ihre Geduld.",
    },
    new_version: {
      subject: "Eine neue Version zu Ihrer Bestellung {{ order.name }}",
      heading: "Es gibt eine neue Version",
      intro:
        "{{ shop.name }} hat eine neue Version von etwas bereitgestellt, das Sie mit der Bestellung {{ order.name }} gekauft haben.",
    },
    fresh_link: {
      subject: "Ihr neuer Link zur Bestellung {{ order.name }}",
      heading: "Hier ist Ihr neuer Link",
      intro:
        "Sie haben einen neuen Link zur Bestellung {{ order.name }} bei {{ shop.name }} angefordert. Falls nicht, können Sie diese Nachricht ignorieren.",
    },
  },
  button: "Seite öffnen",
  help: "Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie an {address}.",
  validity: "Ihre Seite ist bis {moment} (UTC) geöffnet. Danach schickt sie Ihnen einen neuen Link.",
  itemsHeading: "Das haben Sie gekauft",
  version: "Version {number}",
  isNew: "Neu",
  link: "Link",
  downloadsLeft: { one: "noch {count} Download", other: "noch {count} Downloads" },
  noDownloadsLeft: "keine Downloads mehr übrig",
  unlimited: "unbegrenzte Downloads",
  streamOnly: "wird auf Ihrer Seite abgespielt",
  until: "bis {date}",
  keys: { one: "{count} Schlüssel", other: "{count} Schlüssel" },
  toCome: { one: "{count} folgt noch", other: "{count} folgen noch" },
  keysAndToCome: "{keys}, {toCome}",
  willMail: {
    one: "{count} weiterer Schlüssel ist unterwegs; wir schreiben Ihnen dann wieder.",
    other: "{count} weitere Schlüssel sind unterwegs; wir schreiben Ihnen dann wieder.",
  },
  keysOnPage: "auf Ihrer Seite zu sehen",
  revealOnPage: "Ihre Schlüssel sehen Sie auf Ihrer Seite, sobald Sie dort auf „Anzeigen“ klicken",
  moreKeys: {
    one: "und {count} weiterer Schlüssel auf Ihrer Seite",
    other: "und {count} weitere Schlüssel auf Ihrer Seite",
  },
  moreItems: { one: "Und {count} weiteres auf Ihrer Seite.", other: "Und {count} weitere auf Ihrer Seite." },
  held: "zurückgestellt, bis der Shop Ihre Bestellung geprüft hat",
  notReady: "wird vorbereitet und steht dann auf Ihrer Seite",
  howTo: "So geht’s",
  fallbackLink: "Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:",
  footer: "Sie erhalten diese Nachricht, weil Sie bei {shop} bestellt haben.",
};
