import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { NoteFailedSignIn } from './sign-in-tally.ts';
import type { ServedRelyingParty } from './relying-party.ts';

/** What everything about approvers of one workspace is done with. */
export interface ApproverContext {
  store: Store;
  workspaceId: string;
  clock: Clock;
  relyingParty: ServedRelyingParty;
  /** Counts attempts to sign in that failed; nothing is counted without it. */
  noteFailedSignIn?: NoteFailedSignIn | undefined;
}
