/** What GitHub's drawing of a text keeps from those who look at it. */
export interface DrawnOtherwise {
  /** Why it holds what GitHub does not show, or shows as something else than it is. */
  notShown: string[];
  /** What else GitHub draws otherwise than it stands, for whoever reads it as it stands. */
  shownOtherwise: string[];
  /** The words outside of code as they are drawn, where references to characters and escapes are none. */
  words: string[];
}

/** Returns what GitHub does not show of a text, and what it shows otherwise. */
export async function drawnOtherwise(text: string): Promise<DrawnOtherwise> {
  const { drawMarkdown } = await import('../markdown/draw-markdown.ts');
  const { unshown, otherwise, lures, words } = drawMarkdown(text);
  const kinds = unshown.length > mostKinds ? [...unshown.slice(0, mostKinds), 'and more'] : unshown;
  const hidden =
    kinds.length === 0 ? [] : [`it holds text that GitHub does not show: ${kinds.join(', ')}`];
  return { notShown: [...hidden, ...lures.slice(0, 3)], shownOtherwise: otherwise, words };
}

const mostKinds = 6;
