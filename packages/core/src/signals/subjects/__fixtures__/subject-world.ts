import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAdjutant } from '../../../create-adjutant.ts';
import type { Account, WorkItemChange } from '../../../domain.ts';
import type { SignalSubjectKind, SignalSubjects } from '../../../domain/signal-subjects/index.ts';
import type { DomainRows } from '../../../sync/domain-rows.ts';
import { createFakeClock, createRowsConnector } from '../../../testing.ts';
import { defineSignal } from '../../define-signal.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** A Wednesday at noon. */
export const noon = Date.UTC(2026, 10, 18, 12);

/** Returns a person's or a program's account. */
export function account(externalId: string, isBot = false): Account {
  return {
    source: 'tracker',
    externalId,
    login: externalId,
    name: null,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: isBot ? 'service_bot' : 'human',
    isBot,
  };
}

/** Returns a change of a work item. */
export function change(
  field: string,
  [from, to]: [string | null, string | null],
  at: number,
  fields: Partial<WorkItemChange> = {},
): WorkItemChange {
  return {
    source: 'tracker',
    externalId: `${field} ${from} ${to} ${at} ${fields.workItemExternalId ?? '1'}`,
    workItemExternalId: '1',
    field,
    fromValue: from,
    toValue: to,
    actorAccountExternalId: 'ada',
    at,
    ...fields,
  };
}

/** Starts a workspace whose one source gives the rows that a test put down. */
export async function startSubjects<Kind extends SignalSubjectKind>(kind: Kind, now = noon) {
  const clock = createFakeClock(now);
  const rows: Record<string, DomainRows> = {};
  const judged = new Map<string, SignalSubjects[Kind]>();
  const witness = defineSignal({
    id: 'witness',
    version: 1,
    title: 'Witness',
    description: 'Sees everything.',
    subject: kind,
    severity: 'low',
    params: z.object({}),
    evaluate(subject) {
      judged.set(subject.id, subject);
      return { since: 0, sentence: 'Seen.' };
    },
  });
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    signals: [witness],
    connectors: [createRowsConnector({ id: 'tracker', records: () => ({ ...rows }) })],
  });
  onTestFinished(() => adjutant.close());
  const handle = adjutant.workspace().as(await adjutant.owner());
  const subjects = async () => {
    await adjutant.sync();
    return handle.signals.subjects(kind);
  };
  return {
    adjutant,
    clock,
    handle,
    rows,
    subjects,
    /** Returns the only subject that there is now. */
    only: async (): Promise<SignalSubjects[Kind]> => {
      const [one, other] = await subjects();
      if (one === undefined || other !== undefined) throw new Error('Not one subject.');
      return one;
    },
    /** Returns a subject as the rows tell it now of the instant when it was last found. */
    past: async (key: string): Promise<SignalSubjects[Kind] | null> => {
      const open = await handle.signals.list();
      const over = await handle.signals.list({ state: 'resolved' });
      const found = [...open.items, ...over.items].find(({ subjectKey }) => subjectKey === key);
      judged.clear();
      await handle.signals.get(found?.id ?? '');
      return judged.get(found?.subjectId ?? '') ?? null;
    },
  };
}
