/** What is public in Tomcat's endpoints, for a test without Tomcat. */
package dev.hitless.session.tomcat;
