/** Beyond, what was begun longest ago is forgotten: more than one address may begin while an attempt lasts. */
const mostRemembered = 1_000;

/** The attempts that this process began and that nobody ended yet. */
export interface BegunAttempts {
  note(state: string): void;
  /** Whether it was begun here, and not ended before. */
  end(state: string): boolean;
}

export function createBegunAttempts(): BegunAttempts {
  const states = new Set<string>();
  return {
    note(state) {
      states.add(state);
      const [oldest] = states;
      if (states.size > mostRemembered && oldest !== undefined) states.delete(oldest);
    },
    end: (state) => states.delete(state),
  };
}
