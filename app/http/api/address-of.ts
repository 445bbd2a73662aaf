import { isIPv6 } from "node:net";

/**
 * What calls are counted by: an IPv4 address, or the network (/64) of an IPv6 one, because a single customer has
 * all the addresses in it.
 */
export function addressOf(ip: string | null): string | null {
  if (ip === null) return null;
  const bare = ip
    .replace(/^\[|\](:\d+)?$/g, "")
    .replace(/^::ffff:(?=\d+\.)/i, "")
    .replace(/^([\d.]+):\d+$/, "$1"); // some proxies write the port, which is another for each connection
  if (!isIPv6(bare)) return bare.slice(0, 100);

  const [head = "", tail = ""] = bare.toLowerCase().split("::");
  const before = head.split(":").filter(Boolean);
  const after = tail.split(":").filter(Boolean);
  const gap = bare.includes("::") ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0") : [];
  const network = [...before, ...gap, ...after].slice(0, 4);
  return `${network.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
