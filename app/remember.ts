/**
 * Remembers what `load` answers, for a while: for what is asked with every call and changes seldom.
 *
 * Callers at the same moment share one load; one that fails is not remembered.
 *
 * @param most  so many answers are kept; the oldest go first
 */
export function remember<Answer>(
  { ttlMs, most = 10_000 }: { ttlMs: number; most?: number },
  load: (of: string) => Promise<Answer>,
) {
  const known = new Map<string, { answer: Promise<Answer>; until: number }>();

  const recall = (of: string): Promise<Answer> => {
    const held = known.get(of);
    if (held && held.until > performance.now()) return held.answer;

    const answer = load(of);
    known.delete(of);
    known.set(of, { answer, until: performance.now() + ttlMs });
    answer.catch(() => known.delete(of));
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return answer;
  };
  return Object.assign(recall, { forget: (of: string) => void known.delete(of) });
}
