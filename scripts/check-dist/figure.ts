/** One thing that was looked at, beside what it has to be. */
export interface Figure {
  what: string;
  found: string;
  limit: string;
  ok: boolean;
  /** What the program said, shown where it falls short. */
  detail?: string;
}

/** Prints figures beside their limits. @returns whether all are met */
export function printFigures(figures: readonly Figure[]): boolean {
  const width = (pick: (figure: Figure) => string): number =>
    Math.max(...figures.map((figure) => pick(figure).length));
  const [what, found, limit] = [
    width((figure) => figure.what),
    width((figure) => figure.found),
    width((figure) => figure.limit),
  ];
  for (const figure of figures) {
    const columns = [
      figure.what.padEnd(what),
      figure.found.padStart(found),
      figure.limit.padEnd(limit),
      figure.ok ? 'ok' : 'FALLS SHORT',
    ];
    console.log(columns.join('  '));
    if (!figure.ok && figure.detail !== undefined) console.log(indent(figure.detail));
  }
  const short = figures.filter(({ ok }) => !ok).length;
  console.log(`check:dist: ${figures.length - short} met, ${short} fall short`);
  return short === 0;
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '    ');
}
