package org.runwright.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.Set;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who gets in, on every path: tools by HTTP Basic, browsers by one login for all pages. Told for
 * people in docs/access.md.
 */
@Configuration(proxyBeanMethods = false)
class WebSecurity {

  // The engine's REST interface is a Jersey servlet, which string patterns do not match.
  private static final RequestMatcher ENGINE_REST = path("/engine-rest/**");
  private static final RequestMatcher FOR_TOOLS =
      new OrRequestMatcher(
          path("/api/**"),
          path("/actuator/**"),
          path("/v3/api-docs/**"),
          path("/v3/api-docs.yaml"));
  private static final RequestMatcher CAMUNDA = path("/camunda/**");
  private static final RequestMatcher CAMUNDA_CALLS = path("/camunda/api/**");
  // Parts of our pages, fetched by htmx, which would show the login page inside of the page.
  private static final RequestMatcher CALLS =
      new OrRequestMatcher(CAMUNDA_CALLS, new RequestHeaderRequestMatcher("HX-Request", "true"));
  // Pages that make an administrator for whoever comes first; the first start makes ours.
  private static final RequestMatcher CAMUNDA_SETUP =
      new OrRequestMatcher(
          path("/camunda/api/admin/setup/**"), path("/camunda/app/admin/{engine}/setup/**"));

  private static final String[] GROUPS =
      Arrays.stream(Group.values()).map(Group::id).toArray(String[]::new);

  private final Problems problems;
  private final PasswordLogin passwords;
  private final People people;

  WebSecurity(Problems problems, PasswordLogin passwords, People people) {
    this.problems = problems;
    this.passwords = passwords;
    this.people = people;
  }

  /** The engine's own REST interface: HTTP Basic in every request, no session. */
  @Bean
  @Order(1)
  SecurityFilterChain engineRest(HttpSecurity http) throws Exception {
    return http.securityMatcher(ENGINE_REST)
        .authenticationProvider(passwords)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(ForgeryRules::withBasic))
        .httpBasic(basic -> basic.authenticationEntryPoint(problems))
        .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .authorizeHttpRequests(WebSecurity::onlyLoggedIn)
        .headers(WebSecurity::headers)
        .build();
  }

  /** REST and figures: HTTP Basic, or the session of a browser that has logged in. */
  @Bean
  @Order(2)
  SecurityFilterChain tools(HttpSecurity http) throws Exception {
    return http.securityMatcher(FOR_TOOLS)
        .authenticationProvider(passwords)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .requestCache(cache -> cache.disable())
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(ForgeryRules::withBasicOrSession))
        .addFilterAfter(new StillKnown(people), SecurityContextHolderFilter.class)
        .httpBasic(basic -> basic.authenticationEntryPoint(problems))
        .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .authorizeHttpRequests(
            rules -> {
              rules.requestMatchers(EndpointRequest.to("health")).permitAll();
              rules.requestMatchers(path("/api/me"), path("/api/approvals/**")).authenticated();
              // Who may change something is told by each runbook, so the rooms themselves refuse.
              rules
                  .requestMatchers(withDefaults().matcher(HttpMethod.GET, "/api/**"))
                  .hasAnyAuthority(GROUPS);
              onlyLoggedIn(rules);
            })
        .headers(WebSecurity::headers)
        .build();
  }

  /** Pages, Camunda's included: one login, remembered by the session. */
  @Bean
  @Order(3)
  SecurityFilterChain pages(HttpSecurity http) throws Exception {
    return http.authenticationProvider(passwords)
        // Camunda's pages bring their own token, checked by a filter of its own.
        .csrf(csrf -> csrf.ignoringRequestMatchers(CAMUNDA))
        .addFilterAfter(new StillKnown(people), SecurityContextHolderFilter.class)
        .addFilterAfter(new CamundaLogout(), SecurityContextHolderFilter.class)
        .requestCache(cache -> cache.requestCache(pageAskedFor()))
        // A new session, so that nothing of a person before stays, Camunda's login included.
        .sessionManagement(s -> s.sessionFixation(fixation -> fixation.newSession()))
        .formLogin(form -> form.loginPage("/login").permitAll())
        .logout(logout -> logout.logoutSuccessUrl("/login?loggedOut").permitAll())
        .exceptionHandling(
            e ->
                e.defaultAuthenticationEntryPointFor(
                        new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), CALLS)
                    .defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        new NegatedRequestMatcher(CALLS))
                    .accessDeniedHandler(new StaleLoginPage()))
        .authorizeHttpRequests(
            rules -> {
              rules.requestMatchers(CAMUNDA_SETUP).denyAll();
              rules.requestMatchers(path("/"), path("/runs/**")).hasAnyAuthority(GROUPS);
              onlyLoggedIn(rules);
            })
        .headers(WebSecurity::headers)
        .headers(WebSecurity::pageHeaders)
        .build();
  }

  private static void onlyLoggedIn(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules) {
    // Error pages and the later parts of a live answer belong to a request that was let in.
    rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll();
    rules.anyRequest().authenticated();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers.frameOptions(frames -> frames.sameOrigin());
    headers.referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
  }

  private static void pageHeaders(HeadersConfigurer<HttpSecurity> headers) {
    headers.cacheControl(cache -> cache.disable());
    headers.addHeaderWriter(new PageHeaders(CAMUNDA));
  }

  /** Where the login leads to: the page that was asked for, never a script or a picture of it. */
  private static RequestCache pageAskedFor() {
    MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
    html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
    HttpSessionRequestCache cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(
        new AndRequestMatcher(withDefaults().matcher(HttpMethod.GET, "/**"), html));
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  private static RequestMatcher path(String pattern) {
    return withDefaults().matcher(pattern);
  }
}
