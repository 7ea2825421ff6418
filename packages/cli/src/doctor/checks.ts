/** One thing looked at: what was found and, where something is wrong, what to do. */
export interface Check {
  id: string;
  /** `note` is worth knowing and no failure. */
  state: 'ok' | 'note' | 'failed';
  message: string;
  hint: string | null;
}

export function ok(id: string, message: string): Check {
  return { id, state: 'ok', message, hint: null };
}

export function note(id: string, message: string, hint: string): Check {
  return { id, state: 'note', message, hint };
}

export function failed(id: string, message: string, hint: string): Check {
  return { id, state: 'failed', message, hint };
}
