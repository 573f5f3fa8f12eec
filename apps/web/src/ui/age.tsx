"use client";

import { useEffect, useState } from "react";
import { formatAge, formatMinute } from "../format/date.ts";

/** A moment as "3 min ago", kept up to date; the server writes the date, so that both agree at first. */
export function Age({ at }: { at: string }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={formatMinute(at)}>
      {now === null ? formatMinute(at) : formatAge(Date.parse(at), now)}
    </time>
  );
}
