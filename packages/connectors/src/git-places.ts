// Apart from the connector, so that a program can tell what git would read before it loads a store.
export { placesBeyond } from './git/repository-places.ts';
