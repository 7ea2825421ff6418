import { ignoreStore } from '../../init/git-ignore.ts';
import type { CliSetupStep } from '../cli-setup-step.ts';

/** Keeping the store out of git, where it lies in a clone. */
export const ignoreStep: CliSetupStep = {
  id: 'ignore',
  title: 'Keep the store out of git',
  about: 'The store holds what was read; it belongs into no repository. One line in .gitignore.',
  check: null,
  read: ({ here }) => ({
    isDone: !here.canIgnoreStore,
    standing: here.canIgnoreStore
      ? '.gitignore does not name .adjutant/ yet.'
      : '.gitignore names .adjutant/.',
    fields: [],
  }),
  try: async () => ({ ok: true, said: 'There is nothing to try.' }),
  async keep({ here }) {
    if (here.canIgnoreStore) ignoreStore(here.folder);
    return 'Added .adjutant/ to .gitignore.';
  },
  needsRestart: false,
};
