import { describe, expect, it } from 'vitest';
import { fakeId } from '../testing/fake-rows.ts';
import { longId, shortId } from './short-id.ts';

describe('shortId', () => {
  it('comes back as what it was', () => {
    for (let number = 0; number < 500; number += 1) {
      const id = fakeId(number);
      expect(shortId(id)).toHaveLength(22);
      expect(longId(shortId(id))).toBe(id);
      expect(longId(id)).toBe(id);
    }
  });

  it.each(['', 'PROJ-7', 'a'.repeat(22), 'release/v1.2.3-rc.1+exp', '../../etc/passwd-and-co'])(
    'leaves the foreign id %j alone',
    (id) => {
      expect(shortId(id)).toBe(id);
      expect(longId(longId(id))).toBe(longId(id));
    },
  );
});
