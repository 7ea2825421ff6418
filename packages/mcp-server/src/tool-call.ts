/** What a handler may know of the call that it answers. */
export interface ToolCall {
  /** Aborted where nobody waits for the answer any more. */
  signal: AbortSignal;
  progress: Progress;
  /** The name that the client gave itself; nothing proves it. */
  client: string;
}

/** Tells a client that asked for it that a call is still being worked on. */
export interface Progress {
  /** Tells it again and again until stopped. */
  every(milliseconds: number, message: string): { stop(): void };
}

/** A form that a client may show to the person before the call goes on. */
export interface Question {
  message: string;
  /** False where no form may answer: whatever a client sends unasked is only passed on, to be refused. */
  isShown: boolean;
  /** What the answer is for: an answer to another question does not count. */
  binding: string;
  /** Takes in what the person chose. */
  answered(choice: 'approve' | 'decline'): Promise<void>;
}

/** The call of somebody who wants no progress, such as a resource that is read. */
export const plainCall = (signal?: AbortSignal): ToolCall => ({
  signal: signal ?? new AbortController().signal,
  progress: { every: () => ({ stop: () => undefined }) },
  client: 'unknown',
});
