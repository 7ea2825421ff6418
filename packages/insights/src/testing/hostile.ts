import type { FakeData } from './fake-data.ts';
import { richTeam } from './rich-team.ts';

/** Titles that would act if any output forgot what it is: on a page, in a terminal, in a line's order, by size. */
export const hostileTexts = [
  '<script>alert("owned")</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>alert(2)</script>',
  '</title><svg onload=alert(3)>',
  '&lt;script&gt; ${alert(4)} {{alert(5)}}',
  '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b[0m',
  '\u009b31mred\u0085next line',
  '\u202egnp.exe\u202c \u2066isolated',
  'one\r\nX-Header: two\nFigures\n  Throughput 999 / week',
  'a\u0301'.repeat(2_000),
  `big ${'x'.repeat(1_000_000)}`,
] as const;

/** Returns the rich team with every text from outside replaced by a hostile one. */
export function hostileTeam(): FakeData {
  const data = richTeam();
  let next = 0;
  const hostile = (): string => {
    next += 1;
    return hostileTexts[next % hostileTexts.length] ?? '';
  };
  for (const repository of data.repositories) {
    repository.name = `${hostile()} ${repository.id}`;
    repository.fullName = hostile();
    repository.url = 'javascript:alert("owned")';
  }
  for (const work of data.work) {
    work.title = hostile();
    work.key = hostile();
    work.repository = hostile();
    work.aiEvidence = work.aiEvidence.map((mark) => ({ ...mark, tool: hostile() }));
  }
  data.teamName = hostile();
  data.gaps = data.gaps.map((gap) => ({ ...gap, message: hostile(), scope: hostile() }));
  return data;
}
