import { expect, test } from "vitest";
import { parseLosslessly } from "~/gateways/shopify/parse-losslessly";

test("given an id of 64 bits, when parsed, then every digit is kept", () => {
  expect(parseLosslessly('{"id":820982911946154508,"price":"1.50","n":3,"f":1.5}')).toEqual({
    id: "820982911946154508",
    price: "1.50",
    n: 3,
    f: 1.5,
  });
});
