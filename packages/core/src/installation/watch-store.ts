import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { AdjutantError } from '../errors.ts';
import { namedWorkspaces } from './named-workspaces.ts';
import {
  endForeign,
  isAsRemembered,
  readChain,
  type RecogniseDeps,
  recogniseWorkspace,
  rememberHead,
} from './recognise-store.ts';
import { noteRestored } from './store-restored.ts';

/** Keeps what this installation remembers of a store as the store goes on. */
export interface StoreWatch {
  /** Whether nothing of it is carried out here: it lies on a server, and was not adopted. */
  isHeldBack(this: void): boolean;
  /** Holds every workspace against what is remembered; to be done before anything is acted on. */
  recogniseAll(options: { isMadeHere: boolean }): Promise<void>;
  /** Takes away, in the transaction of an import, what its file must not bring: it is nobody's own store. */
  takeIn(this: void, transaction: Database, workspaceId: string): Promise<void>;
  /** Takes for known what this process made itself, or has taken in just now. */
  keepMade(this: void, workspaceId: string): Promise<void>;
  /**
   * Writes down how far the ledger reaches; before something is sent, so that an older store shows. What
   * others added to the store since it was opened here is ended instead, as at opening.
   * @throws AdjutantError `Conflict` where another copy of the store has gone on meanwhile, or where the
   *   workspace was added from elsewhere
   */
  remember(this: void, workspaceId: string): Promise<void>;
  /** Writes down the same for every known workspace in which something happened since. */
  flush(): Promise<void>;
}

/** Returns the watch over an open store. */
export function watchStore(deps: RecogniseDeps): StoreWatch {
  const written = new Map<string, number>();
  const isHeldBack = (): boolean => deps.store.file === null && !deps.memory.adopts({ file: null });
  const ends = () =>
    queryTuples<[string, number]>(deps.store.read, sql`select workspace_id, seq from audit_heads`);
  const remember = (workspaceId: string): Promise<void> =>
    rememberHead(deps, workspaceId, { isNewCourse: false });
  // Also where nothing can be written down: what was there at the opening, or was made here, is known here.
  const known = new Set<string>();
  const take = async (workspaceId: string): Promise<void> => {
    const chain = await readChain(deps.store.read, workspaceId);
    if (chain !== null) known.add(chain);
  };
  const isKnown = async (workspaceId: string): Promise<boolean> => {
    if (deps.memory.adopts({ file: deps.store.file?.path ?? null })) return true;
    const chain = await readChain(deps.store.read, workspaceId);
    return chain !== null && (known.has(chain) || (await deps.memory.load(chain)) !== null);
  };
  return {
    isHeldBack,
    async recogniseAll(options) {
      // Others share it: it is neither set back for them, nor taken for known later.
      if (isHeldBack()) return;
      for (const workspaceId of await namedWorkspaces(deps.store.read)) {
        await recogniseWorkspace(deps, workspaceId, options);
        await take(workspaceId);
      }
    },
    async takeIn(transaction, workspaceId) {
      const at = deps.clock.now();
      await noteRestored(transaction, { workspaceId, at, reason: 'adopted', remembered: null });
    },
    async keepMade(workspaceId) {
      if (isHeldBack()) return;
      await take(workspaceId);
      await remember(workspaceId);
    },
    async remember(workspaceId) {
      if (!(await isKnown(workspaceId))) {
        await endForeign(deps, workspaceId);
        throw new AdjutantError(
          'Conflict',
          'The workspace was added to the store from elsewhere, so nothing was sent for it.',
          {
            hint: 'Look at "adjutant audit verify". Where it is yours, start anew: it is adopted then, and what waits in it is decided again.',
            audience: 'operator',
          },
        );
      }
      await remember(workspaceId);
      if (await isAsRemembered(deps, workspaceId)) return;
      await recogniseWorkspace(deps, workspaceId);
      throw new AdjutantError(
        'Conflict',
        'Another copy of this store has gone on meanwhile, so nothing was sent from this one.',
        {
          hint: 'Keep one of the two copies running. What waits here is looked for at its target and decided again.',
          audience: 'operator',
        },
      );
    },
    async flush() {
      if (isHeldBack()) return;
      // A store that is busy, or closed already, costs this note and nothing else.
      const heads = await ends().catch(() => []);
      for (const [workspaceId, seq] of heads) {
        if (written.get(workspaceId) === seq || !(await isKnown(workspaceId))) continue;
        await remember(workspaceId);
        written.set(workspaceId, seq);
      }
    },
  };
}
