/** A note as it is kept. */
export interface NoteDraft {
  id: string;
  /** The action that wrote it. */
  actionId: string;
  title: string;
  body: string;
  createdAt: number;
}
