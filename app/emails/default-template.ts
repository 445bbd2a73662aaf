import type { DeliveryKind } from "@prisma/client";
import type { MailLocale } from "~/domain/delivery/locales";
import type { MailTemplateText } from "~/domain/delivery/template";
import { fillIn, wordsOf } from "./words/words-of";

/** The message as it is until the merchant edits it. */
export function defaultTemplate(kind: DeliveryKind, locale: MailLocale): MailTemplateText {
  const words = wordsOf(locale);
  const { subject, heading, intro } = words.kinds[kind];
  const address = `<a href="mailto:{{ shop.support_address }}">{{ shop.support_address }}</a>`;

  const body = `<h1>${heading}</h1>
<p>${intro}</p>

{% button %}${words.button}{% endbutton %}

<p>{{ page.validity }}</p>

<h2>${words.itemsHeading}</h2>
{% items %}

{% if shop.support_address %}
<p>${fillIn(words.help, { address })}</p>
{% endif %}
`;
  return { subject, body };
}
