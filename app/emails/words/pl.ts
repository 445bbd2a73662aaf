import type { Words } from "./words";

export const pl: Words = {
  kinds: {
    granted: {
      subject: "Pliki do zamówienia {{ order.name }}",
      heading: "Twoje zamówienie jest gotowe",
      intro:
        "Dziękujemy za zamówienie {{ order.name }} w sklepie {{ shop.name }}. {% if keys_waiting > 0 %}To, co już jest, znajdziesz na swojej stronie, a reszta dotrze wkrótce.{% else %}Wszystko, co do niego należy, znajdziesz na swojej stronie.{% endif %}",
    },
    keys_arrived: {
      subject: "Klucze licencyjne do zamówienia {{ order.name }} już są",
      heading: "Twoje klucze licencyjne już są",
      intro: "Czekasz na klucze do zamówienia {{ order.name }} w sklepie {{ shop.name }}. Dziękujemy za cierpliwość.",
    },
    new_version: {
      subject: "Nowa wersja do zamówienia {{ order.name }}",
      heading: "Jest nowa wersja",
      intro: "Sklep {{ shop.name }} udostępnił nową wersję produktu kupionego w zamówieniu {{ order.name }}.",
    },
    fresh_link: {
      subject: "Nowy link do zamówienia {{ order.name }}",
      heading: "Oto Twój nowy link",
      intro:
        "Ktoś poprosił o nowy link do zamówienia {{ order.name }} w sklepie {{ shop.name }}. Jeśli to nie Ty, zignoruj tę wiadomość.",
    },
  },
  button: "Otwórz swoją stronę",
  help: "Masz pytania? Odpowiedz na tę wiadomość lub napisz na adres {address}.",
  validity: "Twoja strona jest dostępna do {moment} (UTC). Potem wyśle Ci nowy link.",
  itemsHeading: "Co kupiono",
  version: "Wersja {number}",
  isNew: "Nowość",
  link: "Link",
  downloadsLeft: {
    one: "pozostało {count} pobranie",
    few: "pozostały {count} pobrania",
    many: "pozostało {count} pobrań",
    other: "pozostało {count} pobrania",
  },
  noDownloadsLeft: "brak pozostałych pobrań",
  unlimited: "pobrania bez ograniczeń",
  streamOnly: "odtwarzane na Twojej stronie",
  until: "do {date}",
  keys: { one: "{count} klucz", few: "{count} klucze", many: "{count} kluczy", other: "{count} klucza" },
  toCome: {
    one: "{count} w drodze",
    few: "{count} w drodze",
    many: "{count} w drodze",
    other: "{count} w drodze",
  },
  keysAndToCome: "{keys} i {toCome}",
  willMail: {
    one: "Jeszcze {count} klucz jest w drodze; napiszemy ponownie.",
    few: "Jeszcze {count} klucze są w drodze; napiszemy ponownie.",
    many: "Jeszcze {count} kluczy jest w drodze; napiszemy ponownie.",
    other: "Jeszcze {count} klucza jest w drodze; napiszemy ponownie.",
  },
  keysOnPage: "widoczne na Twojej stronie",
  revealOnPage: "aby zobaczyć klucze, naciśnij „Pokaż” na swojej stronie",
  moreKeys: {
    one: "i jeszcze {count} klucz na Twojej stronie",
    few: "i jeszcze {count} klucze na Twojej stronie",
    many: "i jeszcze {count} kluczy na Twojej stronie",
    other: "i jeszcze {count} klucza na Twojej stronie",
  },
  moreItems: {
    one: "I jeszcze {count} pozycja na Twojej stronie.",
    few: "I jeszcze {count} pozycje na Twojej stronie.",
    many: "I jeszcze {count} pozycji na Twojej stronie.",
    other: "I jeszcze {count} pozycji na Twojej stronie.",
  },
  held: "wstrzymane, dopóki sklep nie sprawdzi zamówienia",
  notReady: "w przygotowaniu, wkrótce na Twojej stronie",
  howTo: "Jak z tego korzystać",
  fallbackLink: "Jeśli przycisk nie działa, otwórz ten adres:",
  footer: "Otrzymujesz tę wiadomość, ponieważ złożono zamówienie w sklepie {shop}.",
};
