import type { CommitRepository } from './commit-repository.ts';

const looked = 50;
const learned = 10;

/** First lines of the last commits, those of the one who commits first; none before the first commit. */
export async function learnedSubjects(repository: CommitRepository): Promise<readonly string[]> {
  const none = (): string => '';
  const email =
    (await repository.getConfig('user.email').catch(none)) ||
    (await repository.getGlobalConfig('user.email').catch(none));
  const commits = (await repository.log({ maxEntries: looked }).catch(() => [])).filter(
    ({ parents }) => parents.length < 2,
  );
  const isOwn = (commit: (typeof commits)[number]): boolean => email !== '' && commit.authorEmail === email;
  return [...commits.filter(isOwn), ...commits.filter((commit) => !isOwn(commit))]
    .slice(0, learned)
    .map(({ message }) => message.split('\n', 1)[0]?.trim() ?? '')
    .filter((subject) => subject !== '');
}
