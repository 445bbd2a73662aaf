import { expect, test } from "vitest";
import { addressOf } from "~/http/api/address-of";

test.each([
  [null, null],
  ["192.0.2.7", "192.0.2.7"],
  ["192.0.2.7:50123", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:DB8:0:1:2:3:4:5", "2001:db8:0:1::/64"],
  ["2001:db8:0:1::9", "2001:db8:0:1::/64"],
  ["[2001:db8:0:1::9]:443", "2001:db8:0:1::/64"],
  ["::1", "0:0:0:0::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
])("given the address %s, when calls are counted, then by %s", (ip, address) => {
  expect(addressOf(ip)).toBe(address);
});
