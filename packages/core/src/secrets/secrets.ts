/** A stored secret, without its value. */
export interface SecretSummary {
  name: string;
  updatedAt: number;
}

/** A key from outside, as this workspace uses it. */
export interface KeySummary {
  keyId: string;
  /** Data keys in use that it wraps. */
  dataKeys: number;
  /** Secrets that hang on those. */
  secrets: number;
  /** Null where it may still be used. */
  retiredAt: number | null;
}

/** A secret, or a data key, that could not be opened and was left as it is. */
export interface Unreadable {
  name: string;
  message: string;
  hint: string | null;
}

export interface RotationResult {
  /** The data key that everything hangs on now, and the key from outside that wraps it. */
  dataKeyId: string;
  keyId: string;
  /** Whether a rotation that had been cut off was brought to its end. */
  resumed: boolean;
  reencrypted: number;
  retiredDataKeys: number;
  unreadable: Unreadable[];
}

export interface RewrapResult {
  keyId: string;
  rewrapped: number;
  unreadable: Unreadable[];
}

/** How a secret that is good for one use is changed for its successor. */
export interface SecretRenewal {
  /** Whether the value as it stands has to be changed. */
  isDue(this: void, value: string): boolean;
  /**
   * Returns what takes its place. Of all processes over the store one at a time does this; it has a
   * minute. What it throws leaves the value as it is.
   */
  change(this: void, value: string): Promise<string>;
  /**
   * Whether a value is but the note that another one is worth nothing any more. Such a note, stored
   * meanwhile by a process that came too late, gives way to what `change` returned; any other value
   * is taken for the newer word.
   */
  isEndOf?(this: void, value: string, before: string): boolean;
}

/** The secrets of one workspace. Nothing of a value ever stands in an error or in the ledger. */
export interface Secrets {
  /** Stores a secret, in place of one of that name. @throws AdjutantError `InvalidInput`, `Configuration` */
  put(name: string, value: string): Promise<void>;
  /**
   * Returns a secret, or null where there is none of that name.
   * @throws AdjutantError `Configuration` (key missing, wrong or retired), `StoreCorrupt` (row changed)
   */
  get(name: string): Promise<string | null>;
  /**
   * Returns a secret, changed and stored first where that is due: a token of one use is so never spent
   * by two processes. Each change stands in the ledger; what came of it is stored with patience, for
   * minutes, where the store or the keys are away. Null where there is none of that name.
   * @throws AdjutantError as `get`, and `StoreBusy`
   */
  renew(name: string, renewal: SecretRenewal): Promise<string | null>;
  /** Removes a secret. @returns whether there was one */
  remove(name: string): Promise<boolean>;
  /** Returns names and dates; no value is opened. */
  list(): Promise<SecretSummary[]>;
  /** Returns the keys from outside that this workspace uses or has retired. */
  keys(): Promise<KeySummary[]>;
  /**
   * Makes a new data key under the current key and stores every secret anew with it, a few at a
   * time. Cut off, everything stays readable and the next call goes on.
   */
  rotate(): Promise<RotationResult>;
  /** Whether a rotation was cut off, or left something that it could not open. */
  hasUnfinishedRotation(): Promise<boolean>;
  /** Wraps every data key with the current key. No secret is touched. */
  rewrap(): Promise<RewrapResult>;
  /**
   * Ends the use of a key from outside: nothing is opened with it any more, whoever still has it.
   * @throws AdjutantError `Conflict` while it is in use or current, `NotFound`
   */
  retire(keyId: string): Promise<void>;
}
