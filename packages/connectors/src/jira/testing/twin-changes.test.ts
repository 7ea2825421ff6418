import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { generateJiraSite } from './generate-jira-site.ts';
import { startJiraTwin } from './start-jira-twin.ts';

const to = Date.parse('2026-10-01T12:00:00Z');
const answerSchema = z.object({
  fields: z.object({
    summary: z.string(),
    duedate: z.string().nullable(),
    customfield_10021: z.array(z.object({ value: z.string() })).nullable(),
  }),
});

it('shows a flag, a due day and a new title, and its history tells of each', async () => {
  const { data, owner } = generateJiraSite({ issues: 3, to });
  const twin = await startJiraTwin({ data, owner, clock: { now: () => to } });
  onTestFinished(() => twin.close());
  const [issue] = data.issues.values();
  if (issue === undefined) throw new Error('There is no issue.');
  const done = { at: to, by: owner };
  const before = issue.changes.length;
  data.flag(issue, true, done);
  data.setDueDay(issue, '2026-10-09', done);
  data.rename(issue, 'Another title', done);
  const authorization = `Basic ${Buffer.from(`${twin.email}:${twin.token}`).toString('base64')}`;
  const read = async () => {
    const fields = 'fields=summary,duedate,customfield_10021';
    const answer = await fetch(`${twin.url}/rest/api/3/issue/${issue.id}?${fields}`, {
      headers: { authorization },
    });
    return answerSchema.parse(await answer.json()).fields;
  };
  expect(await read()).toEqual({
    summary: 'Another title',
    duedate: '2026-10-09',
    customfield_10021: [{ value: 'Impediment' }],
  });
  data.flag(issue, false, done);
  expect((await read()).customfield_10021).toBeNull();
  const told = issue.changes.slice(before).flatMap(({ items }) => items);
  expect(told.map(({ fieldId, toString: value }) => [fieldId, value])).toEqual([
    ['customfield_10021', 'Impediment'],
    ['duedate', '2026-10-09'],
    ['summary', 'Another title'],
    ['customfield_10021', ''],
  ]);
});
