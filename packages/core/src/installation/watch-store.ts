import { sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { AdjutantError } from '../errors.ts';
import {
  isAsRemembered,
  type RecogniseDeps,
  recogniseWorkspace,
  rememberHead,
} from './recognise-store.ts';
import { noteRestored } from './store-restored.ts';

/**
 * Whatever has rows by which something is done or somebody let in, whether or not a list of workspaces or
 * of ends of ledgers names it: whoever made the file wrote those lists too.
 */
const everyWorkspace = sql`select id from workspaces
  union select workspace_id from audit_heads
  union select workspace_id from actions
  union select workspace_id from access_tokens
  union select workspace_id from page_sessions
  union select workspace_id from login_links
  union select workspace_id from authenticators
  union select workspace_id from approver_grants`;

/** Keeps what this installation remembers of a store as the store goes on. */
export interface StoreWatch {
  /** Whether nothing of it is carried out here: it lies on a server, and was not adopted. */
  isHeldBack(this: void): boolean;
  /** Holds every workspace against what is remembered; to be done before anything is acted on. */
  recogniseAll(options: { isMadeHere: boolean }): Promise<void>;
  /** Takes away, in the transaction of an import, what its file must not bring: it is nobody's own store. */
  takeIn(this: void, transaction: Database, workspaceId: string): Promise<void>;
  /**
   * Writes down how far the ledger reaches; before something is sent, so that an older store shows.
   * @throws AdjutantError `Conflict` where another copy of the store has gone on meanwhile
   */
  remember(this: void, workspaceId: string): Promise<void>;
  /** The same for every workspace in which something happened since. */
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
  return {
    isHeldBack,
    async recogniseAll(options) {
      // Others share it: it is neither set back for them, nor taken for known later.
      if (isHeldBack()) return;
      const rows = await queryTuples<[string]>(deps.store.read, everyWorkspace);
      for (const [workspaceId] of rows) await recogniseWorkspace(deps, workspaceId, options);
    },
    async takeIn(transaction, workspaceId) {
      const at = deps.clock.now();
      await noteRestored(transaction, { workspaceId, at, reason: 'adopted', remembered: null });
    },
    async remember(workspaceId) {
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
        if (written.get(workspaceId) === seq) continue;
        await remember(workspaceId);
        written.set(workspaceId, seq);
      }
    },
  };
}
