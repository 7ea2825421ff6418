/** Something that people should hear of once. */
export interface Notice {
  /** `setup_completed`: every configured source was read to its end for the first time. */
  kind: 'setup_completed';
  workspaceId: string;
  title: string;
  /** In plain sentences; no name of a person and no secret stands in it. */
  text: string;
  /** @unit epoch milliseconds */
  at: number;
}

/**
 * Brings a notice to people: by mail, in a chat, on a terminal. It is called once for each; what it
 * throws is logged and not tried again.
 */
export type Notify = (notice: Notice) => void | Promise<void>;
