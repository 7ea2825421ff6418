import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { KeyProvider } from './key-provider.ts';

export interface SecretsOptions {
  store: Store;
  workspaceId: string;
  clock: Clock;
  keyProvider: KeyProvider;
  /** Who changes something, for the ledger; `system` unless told. */
  actor?: string;
  /** Told every value that is stored or read, so that logs can leave it out. */
  onValue?: (value: string) => void;
}

/** What every operation on secrets works with. */
export interface SecretsContext extends Required<SecretsOptions> {}
