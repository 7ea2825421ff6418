import type { PersonSummary } from '@adjutant/core';
import { z } from 'zod';
import { withinBudget } from '../answer/answer-budget.ts';
import { boundedText } from '../answer/bounded-text.ts';
import { freshness, freshnessShape } from '../answer/freshness.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { shortId } from '../answer/short-id.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

const nameMaxCharacters = 80;
const accountsShown = 20;

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  teams: z.array(z.string()),
  accounts: z.array(
    z.object({
      source: z.string(),
      account: z.string().nullable(),
      kind: z.string(),
      method: z.string(),
      confidence: z.number(),
    }),
  ),
  accounts_total: z.number(),
});

/** Who is who, and how that is known. */
export const findPeople = defineTool({
  name: 'find_people',
  scope: 'read',
  title: 'Find people',
  description:
    'Finds people by name, login or e-mail, with their accounts and how each was matched. It says who is who; people are never ranked.',
  inputSchema: z.strictObject({
    text: z.string().max(200).optional(),
    ...pagingInput,
  }),
  outputSchema: z.object({
    ...freshnessShape,
    total: z.number(),
    next_cursor: z.string().nullable(),
    people: z.array(personSchema),
  }),
  annotations: readsStoredRows,
  async handler({ text, limit, cursor }, workspace) {
    return withinBudget({ asked: limit, byDefault: 25 }, async (size) => {
      const page = await workspace.findPeople({ text, limit: size, cursor });
      return {
        ...freshness(page.meta),
        total: page.total,
        next_cursor: page.nextCursor,
        people: page.items.map(shown),
      };
    });
  },
});

function shown(person: PersonSummary): z.infer<typeof personSchema> {
  return {
    id: shortId(person.id),
    name: boundedText(person.displayName, nameMaxCharacters),
    teams: person.teams.slice(0, 20),
    // An account without login or name is identified by an address, which has no place here.
    accounts: person.accounts.slice(0, accountsShown).map((account) => ({
      source: account.source,
      account: nameOf(account.login ?? account.name),
      kind: account.kind,
      method: account.method,
      confidence: account.confidence,
    })),
    accounts_total: person.accounts.length,
  };
}

function nameOf(value: string | null): string | null {
  return value === null ? null : boundedText(value, nameMaxCharacters);
}
