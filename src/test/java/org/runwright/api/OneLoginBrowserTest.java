package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A person with a browser: one login, then Cockpit, then an approval in Tasklist. Takes Debian's
 * packages chromium and chromium-driver; leaves pictures in {@code target/browser}.
 */
@Tag("lab")
class OneLoginBrowserTest extends ApiTest {

  private static final Path PICTURES = Path.of("target", "browser");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path profile;

  private ChromeDriver browser;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(PICTURES);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1400,950",
        "--user-data-dir=" + profile);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build(),
            options);
  }

  @AfterEach
  void close() throws IOException {
    picture("last");
    browser.quit();
  }

  @Test
  void one_login_opens_cockpit_and_completes_an_approval_in_tasklist() throws IOException {
    String run = approved();
    awaitApproval(run);

    browser.get(url("/camunda/app/cockpit/default/"));
    assertThat(browser.getCurrentUrl()).endsWith("/login");
    picture("login");
    logIn("approver");

    seen(By.xpath("//*[contains(text(),'Open Human Tasks')]"));
    assertThat(browser.getCurrentUrl()).contains("/camunda/app/cockpit/default/");
    picture("cockpit");

    browser.get(url("/camunda/app/tasklist/default/"));
    click(By.xpath("//*[contains(@class,'tasks-list')]//*[contains(text(),'Approve the run')]"));
    click(By.cssSelector(".claim"));
    click(By.xpath("//label[contains(., 'Approve: the run goes on')]"));
    seen(By.tagName("textarea")).sendKeys("seen in a browser", Keys.TAB);
    picture("approval");
    click(By.xpath("//button[contains(., 'Complete')]"));

    awaitState(run, "SUCCEEDED");
  }

  @Test
  void logging_out_of_cockpit_leads_to_the_one_login() throws IOException {
    browser.get(url("/camunda/app/cockpit/default/"));
    logIn("viewer");
    click(By.cssSelector(".account .dropdown-toggle"));

    click(By.cssSelector(".logout a"));

    seen(By.id("username"));
    assertThat(browser.getCurrentUrl()).endsWith("/login");
    browser.get(url("/camunda/app/tasklist/default/"));
    assertThat(browser.getCurrentUrl()).endsWith("/login");
    picture("logged-out");
  }

  @Test
  void a_wrong_password_is_told() throws IOException {
    browser.get(url("/login"));
    logIn("nobody");

    assertThat(seen(By.className("error")).getText()).contains("Name or password is wrong");
    picture("wrong-password");
  }

  private void logIn(String name) {
    seen(By.id("username")).sendKeys(name);
    seen(By.id("password")).sendKeys(name);
    click(By.cssSelector("button[type=submit]"));
  }

  private WebElement seen(By what) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .until(() -> browser.findElement(what), WebElement::isDisplayed);
  }

  private void click(By what) {
    // Camunda's pages draw parts anew, so the element found first may be gone when it is clicked.
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(WebDriverException.class)
        .untilAsserted(
            () -> {
              WebElement found = browser.findElement(what);
              browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
              found.click();
            });
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private void picture(String name) throws IOException {
    Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
