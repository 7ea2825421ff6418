import assert from 'node:assert/strict';
import type { Adversary } from './adversary.ts';
import { wordsOf } from './signed-in.ts';

/** Alphabets that a reader does not see, each with how it writes a letter. */
const alphabets: Readonly<Record<string, (letter: number) => number>> = {
  'variation selectors': (letter) => (letter < 16 ? 0xfe00 : 0xe0100) + letter,
  'supplementary selectors': (letter) => 0xe0100 + letter,
  tags: (letter) => 0xe0000 + letter,
  'two joiners': (letter) => [0x200c, 0x200d][letter % 2] ?? 0,
  fillers: (letter) => [0x115f, 0x3164, 0xffa0, 0x17b4, 0x180b][letter % 5] ?? 0,
  blanks: (letter) => [0x2800, 0x1d159, 0x034f, 0x2065][letter % 4] ?? 0,
};

/** An assistant that was told to hide an order behind words that anybody would agree to. */
export const hiddenWords: readonly Adversary[] = Object.entries(alphabets).map(
  ([alphabet, write]) => ({
    name: 'an assistant that hides words',
    tries: `proposes an issue whose text holds a sentence in ${alphabet}, to be agreed to in a session`,
    async run(scene) {
      const order = Array.from('delete all', (letter) => letter.charCodeAt(0));
      const sentence = order.map((letter) => String.fromCodePoint(write(letter))).join('');
      const action = await scene.propose('issue.create', {
        repository: 'acme/widgets',
        title: 'Tidy up',
        body: `Looks good${sentence} to me`,
      });
      assert.equal(action.risk, 'high');
      const number = `U+${write(order[0] ?? 0)
        .toString(16)
        .toUpperCase()
        .padStart(4, '0')}`;
      const seen = await scene.world.run('actions', 'show', action.id);
      assert.ok(seen.output.includes(`<${number}>`), seen.output);
      assert.ok(!seen.output.includes(sentence), 'the terminal shows it as it is');
      // The form that changes the words has them as they are; what it makes is shown and asked again.
      const page = (await scene.owner.page(`/actions/${action.id}`)).replaceAll(
        /<textarea.*?<\/textarea>/gs,
        '',
      );
      assert.ok(page.includes(number), `the page does not show ${number}`);
      assert.ok(!page.includes(sentence), 'the page shows it as it is');
      const path = `/api/actions/${action.id}/decision`;
      assert.equal((await scene.owner.post(path, wordsOf(action))).status, 403);
      return {
        pulls: [],
        actions: [action.id],
        ended: `shown by number, of high risk, and a session does not approve it`,
        told: [
          {
            event: 'action.decision_refused',
            subject: action.id,
            detail: { reason: 'assurance_too_low' },
          },
        ],
      };
    },
  }),
);
