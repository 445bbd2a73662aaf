import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { forgetGuesses } from "~/domain/guess/forget-guesses.server";
import { countAlarmingGuesses, listGuesses } from "~/domain/guess/list-guesses.server";
import { recordGuess } from "~/domain/guess/record-guess.server";
import { listConcerns } from "~/domain/shop/list-concerns.server";
import { createShop, openConnections } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

async function guess(shopId: string, times: number, ip = "192.0.2.7", at = now) {
  for (let time = 0; time < times; time++) await recordGuess(shopId, ip, at);
}

describe("recordGuess", () => {
  test("given one address, when it tries 30 unknown keys at once, then each is counted", async () => {
    const shop = await createShop();
    await openConnections(16);

    await Promise.all(Array.from({ length: 30 }, () => recordGuess(shop.id, "192.0.2.7", now)));

    expect(await listGuesses(shop.id, now)).toMatchObject([{ ip: "192.0.2.7", count: 30 }]);
  });

  test("given guesses, when an hour passes without any, then the count begins anew", async () => {
    const shop = await createShop();
    await guess(shop.id, 5);

    await guess(shop.id, 1, "192.0.2.7", after(59));
    expect(await listGuesses(shop.id, after(59))).toMatchObject([{ count: 6, firstAt: now }]);

    await guess(shop.id, 3, "192.0.2.7", after(120));
    expect(await listGuesses(shop.id, after(120))).toMatchObject([{ count: 3, firstAt: after(120) }]);
  });
});

describe("what the merchant sees", () => {
  test("given two unknown keys from an address, when they are listed, then they pass as mistakes", async () => {
    const shop = await createShop();
    await guess(shop.id, 2);

    expect(await listGuesses(shop.id, now)).toEqual([]);
  });

  test.each([
    [20, 0],
    [21, 1],
  ])(
    "given %i unknown keys in a row, when Home asks, then %i address is a concern, of this shop alone",
    async (times, count) => {
      const [shop, other] = [await createShop(), await createShop()];
      await guess(shop.id, times);

      expect((await listConcerns(shop, now)).guessing).toBe(count);
      expect(await countAlarmingGuesses(other.id, now)).toBe(0);
      expect(await countAlarmingGuesses(shop.id, after(25 * 60))).toBe(0);
    },
  );

  test("given guesses of 31 days ago, when the day's cleaning comes, then they are forgotten", async () => {
    const shop = await createShop();
    await guess(shop.id, 5);

    await forgetGuesses(after(29 * 24 * 60));
    expect(await db.guess.count({ where: { shopId: shop.id } })).toBe(1);
    await forgetGuesses(after(31 * 24 * 60));
    expect(await db.guess.count({ where: { shopId: shop.id } })).toBe(0);
  });
});
