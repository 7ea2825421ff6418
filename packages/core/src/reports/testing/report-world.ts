import type { Adjutant, AdjutantOptions } from '../../adjutant.ts';
import { createAdjutant } from '../../create-adjutant.ts';
import type { Account, Viewer } from '../../domain.ts';
import type { DomainRows } from '../../sync/domain-rows.ts';
import { createFakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { createRowsConnector } from '../../testing/rows-connector.ts';
import type { WorkspaceHandle } from '../../workspace/handle.ts';

/** Monday, 15:00 UTC. */
export const monday = Date.UTC(2026, 8, 14, 15);
export const today = '2026-09-14';

export interface ReportWorld {
  adjutant: Adjutant;
  clock: FakeClock;
  /** The id of a person by name. */
  idOf(name: string): string;
  as(name: string, role?: 'member' | 'lead' | 'admin'): WorkspaceHandle;
  agentOf(name: string): WorkspaceHandle;
}

/** Returns an account of a person with that name. */
export function account(name: string, fields: Partial<Account> = {}): Account {
  return {
    source: 'example',
    externalId: name.toLowerCase(),
    login: name.toLowerCase(),
    name,
    email: null,
    emailVerified: false,
    vendorId: null,
    kind: 'human',
    isBot: false,
    ...fields,
  };
}

/** Returns a workspace of people with accounts in one source, and whatever rows a test adds. */
export async function createReportWorld(
  names: readonly string[],
  rows: DomainRows = {},
  options: Partial<AdjutantOptions> = {},
): Promise<ReportWorld> {
  const clock = createFakeClock(monday);
  const adjutant = await createAdjutant({
    store: ':memory:',
    clock,
    connectors: [
      createRowsConnector({
        id: 'example',
        records: () => ({
          all: {
            ...rows,
            accounts: [...names.map((name) => account(name)), ...(rows.accounts ?? [])],
          },
        }),
      }),
      ...(options.connectors ?? []),
    ],
    ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'connectors')),
  });
  await adjutant.sync();
  const { items } = await adjutant
    .workspace()
    .as(await adjutant.owner())
    .findPeople({ limit: 200 });
  const ids = new Map(items.map(({ id, displayName }) => [displayName, id]));
  const idOf = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new TypeError(`Nobody is called ${name}.`);
    return id;
  };
  const as = (viewer: Viewer): WorkspaceHandle => adjutant.workspace().as(viewer);
  return {
    adjutant,
    clock,
    idOf,
    as: (name, role = 'member') => as({ kind: 'person', personId: idOf(name), role }),
    agentOf: (name) => as({ kind: 'agent', name: 'helper', sponsorPersonId: idOf(name) }),
  };
}
