/** One figure beside what it must be. */
export interface Judged {
  title: string;
  figure: string;
  must: string;
  ok: boolean;
}

/** Prints figures beside their bounds, then a summary, and returns the exit code. */
export function printJudged(heading: string, lines: readonly Judged[]): number {
  console.log(`\n${heading}`);
  const width = Math.max(...lines.map((line) => line.title.length));
  for (const { title, figure, must, ok } of lines) {
    console.log(`  ${ok ? 'ok  ' : 'FAIL'} ${title.padEnd(width)}  ${figure}  (must be ${must})`);
  }
  const failed = lines.filter((line) => !line.ok).length;
  console.log(`${lines.length - failed} of ${lines.length} figures are as they must be.`);
  return failed === 0 ? 0 : 1;
}
