/** Why a store cannot be used for now: a class, and nothing of where it lies. */
export type StoreTroubleReason =
  | 'locked'
  | 'disk_full'
  | 'read_only'
  | 'disk_error'
  | 'cannot_be_opened';

/** What keeps a store from being written. */
export interface StoreTrouble {
  reason: StoreTroubleReason;
  /** @unit epoch milliseconds */
  since: number;
}
