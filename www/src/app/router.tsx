// Every address of the consoles and the documentation, on one screen. Each page is loaded when it is first visited.
import { createBrowserRouter, type RouteObject } from "react-router";
import { Home } from "../session/Home";
import { RequireOperator } from "../session/RequireOperator";
import { ConsoleShell } from "../shell/ConsoleShell";
import { NotFoundPage, PageFailed } from "../shell/PageFailed";
import { PageLoading } from "../shell/PageLoading";

type Loaded = Promise<{ default: React.ComponentType }>;

/** A page in a chunk of its own. */
const page = (path: string | undefined, load: () => Loaded): RouteObject => ({
  ...(path === undefined ? { index: true } : { path }),
  lazy: async () => ({ Component: (await load()).default }),
});

export const routes: RouteObject[] = [
  {
    HydrateFallback: PageLoading,
    ErrorBoundary: PageFailed,
    children: [
      { index: true, element: <Home /> },
      page("sign-in", () => import("../session/SignInPage")),
      page("setup", () => import("../session/SetUpPage")),
      {
        // One socket, however somebody goes from one of these to another.
        lazy: async () => ({ Component: (await import("../agent/live/LiveLayout")).default }),
        ErrorBoundary: PageFailed,
        children: [
          {
            path: "admin",
            element: (
              <RequireOperator role="administrator">
                <ConsoleShell />
              </RequireOperator>
            ),
            children: [
              {
                lazy: async () => ({ Component: (await import("../admin/AdminLayout")).AdminLayout }),
                ErrorBoundary: PageFailed,
                children: [
                  page(undefined, () => import("../admin/start/StartPage")),
                  page("authentication-settings", () => import("../admin/settings/SettingsPage")),
                  page("authentication-settings/new", () => import("../admin/settings/SettingPage")),
                  page("authentication-settings/:id", () => import("../admin/settings/SettingPage")),
                  page("chat-widgets", () => import("../admin/widgets/WidgetsPage")),
                  page("chat-widgets/new", () => import("../admin/widgets/WidgetPage")),
                  page("chat-widgets/:id", () => import("../admin/widgets/WidgetPage")),
                  page("work-streams", () => import("../admin/streams/WorkStreamsPage")),
                  page("work-streams/new", () => import("../admin/streams/WorkStreamPage")),
                  page("work-streams/:id", () => import("../admin/streams/WorkStreamPage")),
                  page("queues", () => import("../admin/queues/QueuesPage")),
                  page("queues/new", () => import("../admin/queues/QueuePage")),
                  page("queues/:id", () => import("../admin/queues/QueuePage")),
                  page("canned-replies", () => import("../admin/replies/SharedRepliesPage")),
                  page("canned-replies/new", () => import("../admin/replies/SharedReplyPage")),
                  page("canned-replies/:id", () => import("../admin/replies/SharedReplyPage")),
                  page("contacts", () => import("../admin/contacts/ContactsPage")),
                  page("contacts/new", () => import("../admin/contacts/ContactPage")),
                  page("contacts/:id", () => import("../admin/contacts/ContactPage")),
                  page("operators", () => import("../admin/operators/OperatorsPage")),
                  page("operators/new", () => import("../admin/operators/NewOperatorPage")),
                  page("operators/:id", () => import("../admin/operators/OperatorPage")),
                  page("api-tokens", () => import("../admin/tokens/ApiTokensPage")),
                  page("api-tokens/new", () => import("../admin/tokens/NewApiTokenPage")),
                  page("audit", () => import("../admin/audit/AuditPage")),
                  { path: "*", element: <NotFoundPage /> },
                ],
              },
            ],
          },
          {
            path: "agent",
            element: (
              <RequireOperator>
                <ConsoleShell />
              </RequireOperator>
            ),
            children: [
              {
                path: "canned-replies",
                lazy: async () => ({ Component: (await import("../agent/PageFrame")).PageFrame }),
                children: [
                  page(undefined, () => import("../agent/replies/OwnRepliesPage")),
                  page("new", () => import("../agent/replies/OwnReplyPage")),
                  page(":id", () => import("../agent/replies/OwnReplyPage")),
                ],
              },
              {
                lazy: async () => ({ Component: (await import("../agent/PageFrame")).PageFrame }),
                children: [
                  page("colleagues", () => import("../agent/availability/ColleaguesPage")),
                  page("search", () => import("../agent/search/SearchPage")),
                  page("password", () => import("../session/PasswordPage")),
                ],
              },
              page(":conversation?", () => import("../agent/AgentPage")),
            ],
          },
          {
            path: "docs",
            lazy: async () => ({ Component: (await import("../docs/DocsLayout")).DocsLayout }),
            children: [
              page(undefined, () => import("../docs/GuidePage")),
              page("embed", () => import("../docs/EmbedPage")),
              page("issuer", () => import("../docs/IssuerPage")),
              page("csp", () => import("../docs/CspPage")),
              page("files", () => import("../docs/FilesPage")),
              page("errors", () => import("../docs/ErrorsPage")),
              { path: "*", element: <NotFoundPage /> },
            ],
          },
        ],
      },
      { path: "*", element: <NotFoundPage /> },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
