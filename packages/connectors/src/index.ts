export { git, type GitConfig } from './git/index.ts';
