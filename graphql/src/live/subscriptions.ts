import { builder } from "../builder.ts";
import { CommonsRef } from "../commons/commons-type.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { StudyProgressRef } from "../study/study-progress-type.ts";
import { visibleStudies } from "../study/study-visibility.ts";

builder.subscriptionField("studyProgress", (t) =>
  t.field({
    type: StudyProgressRef,
    description: "The present state at once, then every change; ends when the study has finished.",
    args: { slug: t.arg.string({ required: true }) },
    subscribe: async (_root, { slug }, { database, feed, viewer }) => {
      const study = await database.prisma.study.findFirst({
        where: { slug, AND: [visibleStudies(viewer)] },
        select: { id: true },
      });
      if (!study) throw badUserInput(`There is no study "${slug}".`);
      return feed.studyProgress(study.id);
    },
    resolve: (progress) => progress,
  }),
);

builder.subscriptionField("commons", (t) =>
  t.field({
    type: CommonsRef,
    description: "Live figures and activity, at most once a second.",
    subscribe: (_root, _args, { feed }) => feed.commons(),
    resolve: ({ figures, activity }) => ({ figures: async () => figures, activity: async () => activity }),
  }),
);
