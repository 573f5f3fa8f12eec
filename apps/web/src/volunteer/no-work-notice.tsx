import Link from "next/link";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import type { NoWork } from "./no-work.ts";

interface NoWorkNoticeProps {
  readonly why: NoWork;
  onOther(): void;
}

/** That the work which an address names is not to be had, and what to do instead. */
export function NoWorkNotice({ why: { title, message, href }, onOther }: NoWorkNoticeProps) {
  return (
    <Notice
      tone="warn"
      title={title}
      actions={
        <Button size="small" onClick={onOther}>
          Work for whatever is needed most
        </Button>
      }
    >
      {message} {href === null ? null : <Link href={href}>Go to the study</Link>}
    </Notice>
  );
}
