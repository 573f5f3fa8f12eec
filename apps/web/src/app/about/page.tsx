import type { Metadata } from "next";
import Link from "next/link";
import { StudyFileExample } from "../../about/study-file-example.tsx";
import { Words } from "../../about/words.tsx";
import { siteOrigin } from "../../api/site-origin.ts";
import { Page, PageHead } from "../../layout/page.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import styles from "./page.module.css";

export const metadata: Metadata = {
  title: "How it works",
  description: "How results are checked, what a volunteer’s machine does, the study file, the API, and privacy.",
};

const apiExample = (origin: string) => `curl -s ${origin}/api/graphql \\
  -H 'content-type: application/json' \\
  -d '{"query":"{ studies(first: 3) { nodes { slug title progress { fraction } } } }"}'`;

const shellExample = (origin: string) => `npx widefield study create @my-study.yaml --url ${origin}
npx widefield volunteer --url ${origin}
npx widefield study results my-study --url ${origin} --format csv`;

export default async function AboutPage() {
  const origin = await siteOrigin();
  return (
    <Page narrow>
      <PageHead
        title="How Widefield works"
        lead="Questions about width are answered by many small, independent computations. That makes them a good fit for many small, independent machines, provided that nobody has to trust any one of them."
      />
      <nav aria-label="On this page" className={styles.contents}>
        <a href="#checking">How results are checked</a>
        <a href="#volunteering">What a volunteer’s machine does</a>
        <a href="#words">The words</a>
        <a href="#study-file">The study file</a>
        <a href="#api">API</a>
        <a href="#privacy">Privacy</a>
      </nav>
      <div className={styles.prose}>
        <section aria-labelledby="checking">
          <h2 id="checking">How results are checked</h2>
          <p>
            A study expands into trials: one configuration and one seed each. A trial is computed by several hosts that
            belong to different people and networks. When as many replicas agree as the study asks for, their answer
            becomes the <em>canonical result</em>; a replica that differs is outvoted, and stays visible with its
            verdict. A host that the operator trusts counts alone.
          </p>
          <p>
            Agreement is judged metric by metric, within a tolerance that the experiment declares, because GPUs add
            numbers in different orders. Random numbers come from a counter-based generator that gives the same stream
            on every machine, so replicas start from the same weights and see the same data.
          </p>
          <p>
            A run that diverges is data: the step at which it did is recorded, and charts show it. A trial on which
            replicas never agree ends without an answer and says so. Decisions are only ever added. Each raises the
            study’s <em>revision</em>, and a citation of a revision can be looked up again later.
          </p>
          <p>
            Trials are named by a digest of experiment, params and seed. If another study has asked the same question
            before, its answer is adopted instead of computed again.
          </p>
        </section>
        <section aria-labelledby="volunteering">
          <h2 id="volunteering">What a volunteer’s machine does</h2>
          <p>
            The <Link href="/volunteer">volunteer page</Link> leases a small piece of work, computes it on the GPU with
            WebGPU (or on the processor with WebAssembly where there is none), and sends the numbers back. You choose
            how hard it may work, whether only while the page is visible, and whether on battery. It runs as an ordinary
            web page and reads nothing else on your machine.
          </p>
          <p>
            Stop whenever you like: a closed tab gives its work back at once, and finished work waits in the browser
            until it could be sent. The same work runs without a browser on a lab’s own machines:
          </p>
          <CodeBlock label="Commands for a headless volunteer" text={shellExample(origin)} />
        </section>
        <section aria-labelledby="words">
          <h2 id="words">The words</h2>
          <Words />
        </section>
        <section aria-labelledby="study-file">
          <h2 id="study-file">The study file</h2>
          <p>
            A study can be written in the <Link href="/new">form</Link> or as a YAML or JSON file. <code>axes</code>{" "}
            make a grid, <code>random</code> adds drawn configurations, <code>seeds</code> repeats each; a width ladder
            and log-spaced values have short forms. The API gives the file’s JSON Schema as <code>studyFileSchema</code>
            .
          </p>
          <StudyFileExample />
        </section>
        <section aria-labelledby="api">
          <h2 id="api">API</h2>
          <p>
            Everything on this site is read through one GraphQL API at <a href="/api/graphql">/api/graphql</a>, which
            opens as an editor with worked examples in a browser. Reading needs no account. Every study page shows the
            query behind its chart, and offers its results as CSV, NDJSON and JSON.
          </p>
          <CodeBlock label="A request with curl" text={apiExample(origin)} />
        </section>
        <section aria-labelledby="privacy">
          <h2 id="privacy">Privacy</h2>
          <p>
            No trackers, no third parties, no e-mail address needed. A volunteer is an account that may stay anonymous;
            what is public is its name, its hosts’ names, their GPU and browser versions, and what they computed.
            Network addresses are stored only as keyed hashes, to keep one network from voting twice, and not for long.
            A cookie keeps you signed in once you volunteer or publish; before that none is set.
          </p>
        </section>
      </div>
    </Page>
  );
}
