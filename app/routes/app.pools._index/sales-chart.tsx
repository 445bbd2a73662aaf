const WIDTH = 98;
const HEIGHT = 24;
const GAP = 2;

/** Keys sold day by day, a bar each; read aloud as numbers. @param sold  the oldest day first */
export function SalesChart({ sold }: { sold: number[] }) {
  const most = Math.max(1, ...sold);
  const inAll = sold.reduce((sum, count) => sum + count, 0);
  const step = WIDTH / sold.length;
  const label =
    inAll === 0
      ? `No key sold in the last ${sold.length} days`
      : `${inAll.toLocaleString("en")} sold in the last ${sold.length} days, day by day: ${sold.join(", ")}`;

  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <title>{label}</title>
      {sold.map((count, day) => {
        const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT);
        return (
          <rect
            key={day}
            x={day * step}
            y={HEIGHT - height}
            width={step - GAP}
            height={height}
            rx={1}
            fill={count === 0 ? "var(--p-color-border)" : "var(--p-color-icon-emphasis)"}
          />
        );
      })}
    </svg>
  );
}
