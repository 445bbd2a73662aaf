/** What may be shown of a key without revealing it: its last 4 characters, and never more than half of it. */
export function keyEnd(text: string): string {
  const characters = Array.from(text);
  const shown = Math.min(4, Math.floor(characters.length / 2));
  return shown === 0 ? "" : characters.slice(-shown).join("");
}
