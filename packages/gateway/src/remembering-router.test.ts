import { expect, test } from 'vitest';
import { createRememberingRouter } from './remembering-router.ts';

function routed() {
  const router = createRememberingRouter<string>();
  router.add('ALL', '*', 'everything');
  router.add('GET', '/actions/types', 'types');
  router.add('GET', '/actions/:id', 'action');
  return router;
}

const namesOf = ([handlers]: ReturnType<ReturnType<typeof routed>['match']>): string[] =>
  handlers.map(([handler]) => handler);

test('a path that was asked before is routed as it was, each method and each parameter apart', () => {
  const router = routed();
  for (const _ of ['found', 'remembered']) {
    expect(namesOf(router.match('GET', '/actions/types'))).toEqual([
      'everything',
      'types',
      'action',
    ]);
    expect(namesOf(router.match('POST', '/actions/types'))).toEqual(['everything']);
    expect(router.match('GET', '/actions/one')[0].at(-1)).toEqual(['action', { id: 'one' }]);
    expect(router.match('GET', '/actions/two')[0].at(-1)).toEqual(['action', { id: 'two' }]);
  }
});

test('a route that is added later is found where a path was remembered without it', () => {
  const router = routed();
  expect(namesOf(router.match('GET', '/late'))).toEqual(['everything']);
  router.add('GET', '/late', 'late');
  expect(namesOf(router.match('GET', '/late'))).toEqual(['everything', 'late']);
});

test('more paths than are remembered are routed all the same', () => {
  const router = routed();
  for (const id of [...Array.from({ length: 2_500 }).keys(), 'x'.repeat(5_000)]) {
    const found = router.match('GET', `/actions/${id}`)[0].at(-1);
    expect(found).toEqual(['action', { id: String(id) }]);
  }
  expect(router.match('GET', '/actions/0')[0].at(-1)).toEqual(['action', { id: '0' }]);
});
