/** "05" as it is saved: otherwise it would count as another number, unsaved. */
export function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}
