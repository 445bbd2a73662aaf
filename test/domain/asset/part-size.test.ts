import fc from "fast-check";
import { expect, test } from "vitest";
import { LARGEST_FILE_BYTES, partCountOf, partSizeOf, sizeOfPart } from "~/domain/asset/part-size";

test("given any size S3 allows, when it is cut into parts, then they are few, of legal size and add up", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: LARGEST_FILE_BYTES }), (sizeBytes) => {
      const partSizeBytes = partSizeOf(sizeBytes);
      const count = partCountOf(sizeBytes, partSizeBytes);
      const last = sizeOfPart(count, sizeBytes, partSizeBytes);

      expect(count).toBeLessThanOrEqual(10_000);
      expect(partSizeBytes).toBeGreaterThanOrEqual(5 * 1024 ** 2);
      expect(partSizeBytes).toBeLessThanOrEqual(5 * 1024 ** 3);
      expect((count - 1) * partSizeBytes + last).toBe(sizeBytes);
      expect(last).toBeGreaterThan(0);
      expect(sizeOfPart(count + 1, sizeBytes, partSizeBytes)).toBe(0);
    }),
  );
});

test("given an empty file, when it is cut into parts, then there are none", () => {
  expect(partCountOf(0, partSizeOf(0))).toBe(0);
});
