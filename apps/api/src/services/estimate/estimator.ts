import { TaskClass, type Outlook } from '@transcode/contracts';
import { surveyJobs, surveyWork, type Database, type WorkSurvey } from '@transcode/db';
import { Forecast, later } from './forecast.ts';
import { readWhoServes } from './who-serves.ts';

/** A look at all work is believed for so many times as long as it took: with a million tasks it is no burden either. */
const TIMES_AS_LONG = 10;
const LEAST_MS = 200;

interface Look {
  readonly survey: WorkSurvey;
  readonly at: number;
  readonly until: number;
}

/**
 * When work will be done: of a class, of a job and with it of its video. All of them are read off one course of events, so that no two pages
 * say different things. What is left is looked at now and then for everybody, who serves it and what is stopped for each question.
 */
export class Estimator {
  readonly #db: Database;
  #look: Look | undefined;
  #looking: Promise<Look> | undefined;
  #last: { readonly look: Look; readonly key: string; readonly forecast: Forecast } | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Classes of which nothing waits or runs have none. */
  async ofClasses(): Promise<Map<TaskClass, Outlook>> {
    const { forecast, passed } = await this.#now();
    return new Map(
      TaskClass.options.flatMap((taskClass) => {
        const outlook = forecast.ofClass(taskClass);
        return outlook === null ? [] : [[taskClass, later(outlook, passed)]];
      }),
    );
  }

  /** Of jobs that have not ended. */
  async ofJobs(jobIds: readonly string[]): Promise<Map<string, Outlook>> {
    if (jobIds.length === 0) return new Map();
    const { forecast, passed } = await this.#now();
    const behind = jobIds.filter((id) => !forecast.knowsJob(id));
    const groups = behind.length === 0 ? [] : await surveyJobs(this.#db, behind);
    const byJob = Map.groupBy(groups, ({ jobId }) => jobId);
    const of = (id: string): Outlook =>
      forecast.knowsJob(id) ? forecast.ofJob(id) : forecast.ofJobBehind(byJob.get(id) ?? []);
    return new Map(jobIds.map((id) => [id, later(of(id), passed)]));
  }

  async ofJob(job: { readonly id: string; readonly state: string } | undefined): Promise<Outlook | null> {
    if (job === undefined || !isOpen(job)) return null;
    return (await this.ofJobs([job.id])).get(job.id) ?? null;
  }

  /** What was forecast holds until there is another look, or somebody comes, goes, stops or resumes. */
  async #now(): Promise<{ forecast: Forecast; passed: number }> {
    const [look, serves] = await Promise.all([this.#lookAtWork(), readWhoServes(this.#db)]);
    if (this.#last?.look !== look || this.#last.key !== serves.key)
      this.#last = { look, key: serves.key, forecast: new Forecast(look.survey, serves) };
    return { forecast: this.#last.forecast, passed: (performance.now() - look.at) / 1000 };
  }

  async #lookAtWork(): Promise<Look> {
    if (this.#look !== undefined && performance.now() < this.#look.until) return this.#look;
    this.#looking ??= this.#lookAgain().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookAgain(): Promise<Look> {
    const began = performance.now();
    const survey = await surveyWork(this.#db);
    const at = performance.now();
    this.#look = { survey, at, until: at + Math.max(LEAST_MS, TIMES_AS_LONG * (at - began)) };
    return this.#look;
  }
}

export function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'queued' || state === 'running';
}
