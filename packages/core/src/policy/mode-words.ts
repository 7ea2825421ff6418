import type { ActionMode } from '../domain.ts';

/** What a mode means, as part of a sentence. */
export const modeWords: Record<ActionMode, string> = {
  auto: 'it runs without asking (auto)',
  ask: 'somebody is asked (ask)',
  require_approval: 'somebody has to approve with presence (require_approval)',
  deny: 'it never runs (deny)',
};
