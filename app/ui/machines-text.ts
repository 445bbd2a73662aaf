/** "2 of 3 machines in use" */
export function machinesText({ used, activationLimit }: { used: number; activationLimit: number | null }): string {
  const count = used.toLocaleString("en");
  if (activationLimit === null) return `${count} ${used === 1 ? "machine" : "machines"} in use, no limit`;
  const limit = activationLimit.toLocaleString("en");
  return `${count} of ${limit} ${activationLimit === 1 ? "machine" : "machines"} in use`;
}
