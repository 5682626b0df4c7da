// Puts questions that wait for staff into groups, the most worth teaching first, by the model that answers now.
import { Classifier, cluster, lexiconOf, Likeness, STRAY, worth } from '../inquiries/index.js';
import type { Learned } from './knowledge.js';
import type { QuestionCluster, QuestionLine } from './learning-types.js';

const MOST_GUESSES = 3;

/** What a model needs to look at questions; made once for each. */
interface Eyes {
  readonly of: Learned;
  readonly classifier: Classifier;
  readonly likeness: Likeness;
}

export class QuestionGroups {
  private eyes: Eyes | undefined;

  /** Without a model only the same words are put together, as they are by the store already. */
  of(questions: readonly QuestionLine[], learned: Learned | null): QuestionCluster[] {
    if (!learned)
      return questions.map((question) => ({ questions: [question], asked: question.count, guesses: [], lead: 0 }));
    const { classifier, likeness } = this.eyesOf(learned);
    const groups = cluster(questions, (one, other) => (one === other ? 1 : likeness.of(one, other)));
    return groups
      .map((group) => ({
        questions: group,
        asked: group.reduce((sum, { count }) => sum + count, 0),
        ...guesses(classifier, group[0]),
      }))
      .sort((a, b) => worth(b.asked, b.lead) - worth(a.asked, a.lead));
  }

  private eyesOf(learned: Learned): Eyes {
    if (this.eyes?.of === learned) return this.eyes;
    const { model } = learned.trained;
    const lexicon = lexiconOf(learned.lessons);
    this.eyes = {
      of: learned,
      classifier: new Classifier(model, lexicon),
      likeness: new Likeness(model.vocabulary, lexicon),
    };
    return this.eyes;
  }
}

function guesses(
  classifier: Classifier,
  question: QuestionLine | undefined,
): Pick<QuestionCluster, 'guesses' | 'lead'> {
  const ranked = classifier.guess(question?.text ?? '').filter(({ intent }) => intent !== STRAY);
  const [first, second] = ranked;
  const lead = first && second ? first.score - second.score : 0;
  return { guesses: ranked.slice(0, MOST_GUESSES).map(({ intent }) => intent), lead };
}
