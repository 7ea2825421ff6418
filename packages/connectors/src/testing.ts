export {
  generateLargeRepository,
  type LargeRepositoryOptions,
  type LargeRepositoryTruth,
} from './git/testing/generate-large-repository.ts';
