import path from "node:path";
import type { NextConfig } from "next";

// Nothing is reported to anybody; Next reads this after it has read the configuration.
process.env.NEXT_TELEMETRY_DISABLED = "1";

const development = process.env.NODE_ENV === "development";

/** Everything comes from this origin. Inline scripts stay allowed: Next streams its page data in them, and the theme is set by one before the first paint. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const securityHeaders = [
  { key: "content-security-policy", value: contentSecurityPolicy },
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
  { key: "x-frame-options", value: "DENY" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "permissions-policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
];

const config: NextConfig = {
  // Several servers may run from one checkout; each then needs a folder of its own for what it builds.
  distDir: process.env.WIDEFIELD_NEXT_DIST ?? ".next",
  transpilePackages: [
    "@widefield/datasets",
    "@widefield/experiments",
    "@widefield/graphql",
    "@widefield/prisma",
    "@widefield/volunteer",
  ],
  turbopack: { root: path.join(import.meta.dirname, "../..") },
  // `npm run typecheck` is the one type check; a first `npm start` should not wait for a second one.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  devIndicators: false,
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
  rewrites: async () => ({
    // A browser that opens the API's address gets GraphiQL. Requests of programs carry a content type or ask for JSON.
    beforeFiles: [
      {
        source: "/api/graphql",
        has: [{ type: "header", key: "accept", value: ".*text/html.*" }],
        missing: [{ type: "header", key: "content-type" }],
        destination: "/graphiql",
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
};

export default config;
